// The program, with everything it touches handed in: the same code runs under `main` and in tests.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bearproof::cli {

/// Exit codes of the program.
enum class Exit : int {
  ok = 0,        ///< nothing at or above the failing level
  findings = 1,  ///< findings
  usage = 2,     ///< wrong usage or configuration
  system = 3,    ///< something could not be opened, read or written
};

/// Bytes in.
class Input {
 public:
  virtual ~Input() = default;
  /// @return bytes read, 0 at the end, -1 on failure with errno set. Waits until there is at least one byte
  virtual std::ptrdiff_t read(char* to, std::size_t size) = 0;
};

/// Bytes out.
class Output {
 public:
  virtual ~Output() = default;
  /// Failures are kept for `failed`: what follows one is dropped.
  virtual void write(std::string_view bytes) = 0;
  virtual void flush() {}
  /// The errno of the first failure; 0 when all is well. EPIPE: nobody reads any more.
  virtual int failed() const { return 0; }
};

struct World {
  Input& in;
  Output& out;
  Output& err;
  bool out_is_terminal = false;
  unsigned columns = 0;            ///< that lines may fill; 0 when unknown
  bool no_color = false;           ///< NO_COLOR is set and not empty, or the terminal is dumb
  std::string (*now)() = nullptr;  ///< the system's clock as RFC 3339 in UTC

  /// Columns for prose of the program's own, such as help, which is wrapped wherever it goes.
  unsigned prose_columns() const { return columns == 0 ? 80 : columns; }
};

/// Runs the program. No exception leaves it.
/// @param argument_count  with the program's name as the first argument, as `main` gets them
Exit run(int argument_count, const char* const* arguments, World& world);

}  // namespace bearproof::cli
