/* The scripts of app/store/schema in order, embedded by schema.cmake; ends with NULL. A database
 * keeps in user_version how many of them it has had. Once released, a script never changes: a
 * change of the schema is the next script. */
#pragma once

extern const char *const store_schema[];
