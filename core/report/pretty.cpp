#include "bearproof/report/pretty.h"

namespace bearproof::report {

void Pretty::new_line(std::string& out) {
  out += '\n';
  out.append(2 * static_cast<std::size_t>(depth_), ' ');
}

void Pretty::append(std::string& out, std::string_view compact) {
  for (const char byte : compact) {
    if (in_string_) {
      out += byte;
      if (escaped_) {
        escaped_ = false;
      } else if (byte == '\\') {
        escaped_ = true;
      } else if (byte == '"') {
        in_string_ = false;
      }
      continue;
    }
    const bool closes = byte == ']' || byte == '}';
    if (closes) --depth_;
    if (opened_ != closes) new_line(out);
    opened_ = false;
    out += byte;
    switch (byte) {
      case '"': in_string_ = true; break;
      case '[':
      case '{':
        ++depth_;
        opened_ = true;
        break;
      case ',': new_line(out); break;
      case ':': out += ' '; break;
      default: break;
    }
  }
}

}  // namespace bearproof::report
