# The schema travels inside the program: every file of app/store/schema, in the order of its number,
# becomes an entry of store_schema[]. A change of a file makes the build configure itself again.
file(GLOB schema_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/app/store/schema/*.sql)
list(SORT schema_files)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${schema_files})
set(schema_text "#include \"store/schema.h\"\n\nconst char *const store_schema[] = {\n")
foreach(schema_file ${schema_files})
	file(READ ${schema_file} hex HEX)
	string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${hex}")
	string(APPEND schema_text "\t\"${escaped}\",\n")
endforeach()
string(APPEND schema_text "\t0,\n};\n")
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/schema.c CONTENT "${schema_text}" @ONLY)
target_sources(store PRIVATE ${CMAKE_BINARY_DIR}/schema.c)
