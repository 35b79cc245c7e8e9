# The tests of the C interface, read by tests/CMakeLists.txt.
set(folder ${CMAKE_CURRENT_LIST_DIR})
set(checks ${PROJECT_SOURCE_DIR}/cmake)
set(c_examples ${PROJECT_SOURCE_DIR}/apps/examples/c_interface)
set(libraries $<TARGET_FILE_DIR:clade_c>/libclade_c.so $<TARGET_FILE_DIR:clade_model>/libclade_model.so)

# The functions of models are in both libraries.
clade_add_tests(c_model_tests SOURCES c_interface/model_test.cpp LIBRARIES clade::evaluation clade_model)
clade_add_tests(c_tests SOURCES c_interface/model_test.cpp c_interface/evolver_test.cpp
                LIBRARIES clade::evolution clade::evaluation clade_c)
if(NOT CLADE_SANITIZE)  # sanitizers count allocations themselves
  clade_add_tests(c_allocation_tests SOURCES c_interface/allocation_test.cpp LIBRARIES clade::evaluation clade_model)
endif()

function(clade_add_c_program name source library)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE ${library} clade_options m)
  set_target_properties(${name} PROPERTIES C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF LINKER_LANGUAGE CXX)
endfunction()
clade_add_c_program(c_run_model ${c_examples}/run_model.c clade_model)
clade_add_c_program(c_evolve_xor ${c_examples}/evolve_xor.c clade_c)
clade_add_c_program(c_abi_layout c_interface/abi_layout.c clade_c)

set(champion ${PROJECT_BINARY_DIR}/c_champion.json)
add_test(NAME CExample.evolve_xor COMMAND c_evolve_xor ${champion})
add_test(NAME CExample.run_model COMMAND c_run_model ${champion} 1 0)
set_tests_properties(CExample.evolve_xor PROPERTIES FIXTURES_SETUP c_champion PASS_REGULAR_EXPRESSION ", solved")
set_tests_properties(CExample.run_model PROPERTIES FIXTURES_REQUIRED c_champion
                     PASS_REGULAR_EXPRESSION "output 0 (1|0\\.9)")

if(NOT CLADE_SANITIZE)  # which would have to be loaded into those programs first
  find_program(CLADE_RUSTC rustc)
  if(CLADE_RUSTC)
    add_test(NAME CExample.rust COMMAND sh ${folder}/run_rust.sh ${CLADE_RUSTC} ${c_examples}/run_model.rs
                                        $<TARGET_FILE_DIR:clade_model> ${PROJECT_BINARY_DIR}/c_run_model_rs ${champion} 1 0)
    set_tests_properties(CExample.rust PROPERTIES FIXTURES_REQUIRED c_champion
                         PASS_REGULAR_EXPRESSION "output 0 (1|0\\.9)")
  endif()
  find_program(CLADE_NODE node)
  if(CLADE_NODE)
    add_test(NAME CExample.node COMMAND sh ${folder}/run_node.sh ${CLADE_NODE} ${c_examples}/run_model.mjs
                                        $<TARGET_FILE:clade_model> ${champion} 1 0)
    set_tests_properties(CExample.node PROPERTIES FIXTURES_REQUIRED c_champion SKIP_RETURN_CODE 77)
  endif()
endif()

add_test(NAME CAbi.IsThatOfTheList
         COMMAND sh ${checks}/check_c_abi.sh ${PROJECT_SOURCE_DIR}/tests/golden/c_interface.txt
                 $<TARGET_FILE:c_abi_layout> ${libraries})
add_test(NAME CAbi.ThatIsAnotherIsTold
         COMMAND sh ${PROJECT_SOURCE_DIR}/tests/support/broken_c_abi.sh ${PROJECT_SOURCE_DIR}
                 $<TARGET_FILE:c_abi_layout> ${libraries})
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_BUILD_TYPE MATCHES Rel AND NOT CLADE_SANITIZE)
  add_test(NAME CModelLibrary.IsSmallAndNeedsTheCompilersLibrariesAlone
           COMMAND sh ${checks}/check_small.sh $<TARGET_FILE:clade_model>)
  add_test(NAME CModelLibrary.ThatIsNeitherIsTold
           COMMAND sh ${PROJECT_SOURCE_DIR}/tests/support/broken_small.sh ${PROJECT_SOURCE_DIR} $<TARGET_FILE:clade_c>)
endif()
