# Compiles <language>.po to assets/translations/<language>/LC_MESSAGES/buurtbord.mo in the build.
find_program(MSGFMT msgfmt REQUIRED)
set(catalogues)
file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/translations/*.po)
foreach(source ${sources})
	get_filename_component(language ${source} NAME_WE)
	set(folder ${CMAKE_BINARY_DIR}/assets/translations/${language}/LC_MESSAGES)
	add_custom_command(OUTPUT ${folder}/buurtbord.mo
		COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
		COMMAND ${MSGFMT} --check-domain -o ${folder}/buurtbord.mo ${source}
		DEPENDS ${source} VERBATIM)
	list(APPEND catalogues ${folder}/buurtbord.mo)
endforeach()
add_custom_target(translations ALL DEPENDS ${catalogues})
add_dependencies(i18n translations)
