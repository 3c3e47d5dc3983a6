# cmake -DIN=file -DOUT=file.cpp -P embed_text.cmake: a text as a function of a generated source.
file(READ "${IN}" hex HEX)
string(LENGTH "${hex}" length)
set(body "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${hex}" ${at} 120 piece)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," piece "${piece}")
  string(APPEND body "    ${piece}\n")
  math(EXPR at "${at} + 120")
endwhile()
math(EXPR size "${length} / 2")
file(WRITE "${OUT}"
"// Generated from a text file.
#include \"texts.h\"

namespace bearproof::cli {
namespace {

constexpr unsigned char text[] = {
${body}};

}  // namespace

std::string_view texts_json() { return {reinterpret_cast<const char*>(text), ${size}}; }

}  // namespace bearproof::cli
")
