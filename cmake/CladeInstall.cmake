# What `cmake --install` puts where; included last. Libraries are found again by find_package(clade), by pkg-config or by
# add_subdirectory. The version is that of project(): of the libraries, their sonames, the package, clade.pc, --version.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/clade)
get_property(modules GLOBAL PROPERTY CLADE_MODULES)

# ---- libraries and headers

install(TARGETS clade_clade EXPORT cladeTargets)
foreach(module IN LISTS modules)
  install(TARGETS clade_${module} EXPORT cladeTargets INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endforeach()

# Headers lie in <clade/MODULE/...>; those of a module that is not built are left out.
file(STRINGS cmake/public_headers.txt headers REGEX "^[a-z]")
foreach(line IN LISTS headers)
  string(REGEX MATCH "^[^ ]+" header "${line}")
  string(REGEX REPLACE "^apps/clade/" "app/" place "${header}")
  string(REGEX REPLACE "^apps/" "" place "${place}")
  string(REGEX REPLACE "/.*" "" module "${place}")
  get_filename_component(folder "${place}" DIRECTORY)
  if(TARGET clade_${module})
    install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/clade/${folder})
  endif()
endforeach()
if(TARGET clade_experiment)
  install(FILES ${PROJECT_BINARY_DIR}/generated/clade/experiment/version.hpp
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/clade/experiment)
endif()

# ---- the program

if(TARGET clade)
  file(RELATIVE_PATH libraries /${CMAKE_INSTALL_BINDIR} /${CMAKE_INSTALL_LIBDIR})
  set_target_properties(clade PROPERTIES INSTALL_RPATH $ORIGIN/${libraries})
  install(TARGETS clade)
  install(DIRECTORY configs apps/examples DESTINATION ${CMAKE_INSTALL_DATADIR}/clade)
  install(DIRECTORY apps/docs DESTINATION ${CMAKE_INSTALL_DATADIR}/clade FILES_MATCHING PATTERN "*.md")
endif()

# ---- what a static library still needs

# MODULE PACKAGE PROBE PKG_CONFIG: the module needs the CMake package, whose Debian package is the one of that probe in
# packages.txt, and which pkg-config knows by the last name.
set(dependencies "core TBB oneapi/tbb/version.h tbb" "evaluation ZLIB zlib.h zlib" "evaluation zstd zstd.h libzstd")
if(TARGET box2d::box2d)
  list(APPEND dependencies "evaluation box2d box2d/box2d.h box2d")
endif()
if(TARGET clade_experiment)
  list(APPEND dependencies "experiment yaml-cpp yaml-cpp/yaml.h yaml-cpp" "experiment spdlog spdlog/spdlog.h spdlog"
       "experiment fmt spdlog/spdlog.h fmt" "experiment SQLite3 sqlite3.h sqlite3")
endif()

file(STRINGS ${PROJECT_SOURCE_DIR}/cmake/packages.txt packages REGEX "file:")
set(CLADE_DEPENDENCIES "")
set(CLADE_PC_REQUIRES "")
foreach(dependency IN LISTS dependencies)
  separate_arguments(dependency)
  list(GET dependency 0 module)
  list(GET dependency 1 package)
  list(GET dependency 2 probe)
  list(GET dependency 3 pkg_config)
  set(debian ${packages})
  list(FILTER debian INCLUDE REGEX "file:${probe}$")
  list(TRANSFORM debian REPLACE "^[a-z0-9]+ +([^ ]+).*" "\\1")
  if(NOT debian)
    message(FATAL_ERROR "cmake/packages.txt has no package with the probe file:${probe}")
  endif()
  string(APPEND CLADE_DEPENDENCIES "clade_needs(${module} ${package} ${debian})\n")
  string(APPEND CLADE_PC_REQUIRES " ${pkg_config}")
endforeach()

if(CLADE_MPI)
  string(APPEND CLADE_DEPENDENCIES "clade_needs(app MPI libopenmpi-dev)\n")  # or MPICH's: that of the build
  string(APPEND CLADE_PC_REQUIRES " mpi-cxx")
endif()

# A shared library has linked what it needs.
get_target_property(type clade_core TYPE)
set(CLADE_PC_PRIVATE "")
if(type STREQUAL SHARED_LIBRARY)
  set(CLADE_DEPENDENCIES "")
  set(CLADE_PC_PRIVATE .private)
endif()

# ---- find_package and pkg-config

set(compatibility SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(compatibility SameMinorVersion)  # as the soname says
endif()
set(CLADE_MODULES ${modules})
list(JOIN modules "|" CLADE_MODULE_PATTERN)
list(JOIN modules ", " CLADE_MODULE_NAMES)
configure_package_config_file(cmake/cladeConfig.cmake.in ${PROJECT_BINARY_DIR}/cladeConfig.cmake
                              INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/cladeConfigVersion.cmake COMPATIBILITY ${compatibility})
install(FILES ${PROJECT_BINARY_DIR}/cladeConfig.cmake ${PROJECT_BINARY_DIR}/cladeConfigVersion.cmake
        DESTINATION ${package_folder})
install(EXPORT cladeTargets NAMESPACE clade:: DESTINATION ${package_folder})

set(CLADE_PC_LIBS "")
foreach(module IN LISTS modules)
  string(PREPEND CLADE_PC_LIBS " -lclade_${module}")  # what is needed comes after what needs it
endforeach()
file(RELATIVE_PATH CLADE_PC_PREFIX /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/clade.pc.in ${PROJECT_BINARY_DIR}/clade.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/clade.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# ---- the C interface: a component of its own, `cmake --install build --component c_interface`

if(TARGET clade_c)
  install(TARGETS clade_c clade_model LIBRARY COMPONENT c_interface)
  install(FILES apps/c_interface/clade.h apps/c_interface/clade_model.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
          COMPONENT c_interface)
  foreach(library IN ITEMS c model)
    configure_file(cmake/clade_c.pc.in ${PROJECT_BINARY_DIR}/clade-${library}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/clade-${library}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
            COMPONENT c_interface)
  endforeach()
endif()
