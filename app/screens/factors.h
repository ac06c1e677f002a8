/* The icon of a protective factor, 1..10. */
#pragma once

const char *factor_icon(int number);
