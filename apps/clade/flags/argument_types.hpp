// Type names of arguments and flag values in help and messages; completion goes by them.
//
// Kinds joined by | are alternatives; names in lower case joined by | are the choices themselves: "table|json|csv".
#pragma once

namespace clade::argument_types {

inline constexpr const char* config = "CONFIG";  ///< a YAML file
inline constexpr const char* run = "RUN";        ///< the folder of a run, or of several
inline constexpr const char* model = "MODEL";    ///< the folder of a run, or a champion's file
inline constexpr const char* folder = "FOLDER";
inline constexpr const char* config_or_folder = "CONFIG|FOLDER";
inline constexpr const char* file = "FILE";
inline constexpr const char* task = "TASK";            ///< a task's name
inline constexpr const char* function = "FUNCTION";    ///< an activation's or aggregation's name
inline constexpr const char* key_value = "KEY=VALUE";  ///< a setting of the configuration
inline constexpr const char* key_values = "KEY=VALUES";
inline constexpr const char* command = "COMMAND";  ///< one of this program

}  // namespace clade::argument_types
