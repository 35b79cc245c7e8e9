// Whether this program is built with sanitizers, under which work of statistics takes many times as long and finds no more.
#pragma once

namespace clade {

#ifdef CLADE_SANITIZED
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

}  // namespace clade
