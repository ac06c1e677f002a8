# Puts every folder of assets/ where the programs look for it: in `assets` beside them. Folders are
# links, so an edit shows at the next start; translations are compiled, so they have rules of their
# own and no link.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/assets)
file(GLOB folders LIST_DIRECTORIES true CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/*)
foreach(folder ${folders})
	get_filename_component(name ${folder} NAME)
	if(IS_DIRECTORY ${folder} AND NOT name STREQUAL "translations")
		file(CREATE_LINK ${folder} ${CMAKE_BINARY_DIR}/assets/${name} SYMBOLIC)
	endif()
endforeach()
include(assets/translations/translations.cmake OPTIONAL)
