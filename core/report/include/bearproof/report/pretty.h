#pragma once

#include <string>
#include <string_view>

namespace bearproof::report {

/// Sets compact JSON in lines, two spaces a level, empty arrays and objects in one piece. Takes the text in portions.
class Pretty {
 public:
  /// @param compact  the next portion of a JSON text without insignificant space
  void append(std::string& out, std::string_view compact);

 private:
  void new_line(std::string& out);

  unsigned depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool opened_ = false;  ///< the last byte opened a container
};

}  // namespace bearproof::report
