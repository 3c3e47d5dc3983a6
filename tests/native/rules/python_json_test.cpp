#include "../../../core/rules/python_json.h"

#include <string>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"

namespace bearproof::rules {
namespace {

std::string python(std::string_view text) {
  json::Reader reader;
  const json::Document* document = reader.read(text);
  EXPECT_NE(document, nullptr) << text;
  std::string out;
  if (document != nullptr) append_python_json(out, document->root());
  return out;
}

// What python3 -c 'import json; print(json.dumps(json.loads(text), sort_keys=True, separators=(",", ":")))' prints.
TEST(PythonJson, WritesWhatPythonWrites) {
  const struct {
    const char* text;
    const char* form;
  } rows[] = {
      {"{ }", "{}"},
      {"[ ]", "[]"},
      {"[null, true, false]", "[null,true,false]"},
      {R"({"b":1,"a":2,"B":3})", R"({"B":3,"a":2,"b":1})"},
      {"[1.0, 1, -0, -0.0, 0.0, 100, 1e2]", "[1.0,1,0,-0.0,0.0,100,100.0]"},
      {"[0.1, 0.0001, 0.00001, 1e-7, 123456.789]", "[0.1,0.0001,1e-05,1e-07,123456.789]"},
      {"[1e15, 1e16, 1.5e16, 123456789012345680.0, 1e100]",
       "[1000000000000000.0,1e+16,1.5e+16,1.2345678901234568e+17,1e+100]"},
      {"[0.30000000000000004, 5e-324, 1.7976931348623157e308]", "[0.30000000000000004,5e-324,1.7976931348623157e+308]"},
      {"[123456789012345678901234567890]", "[123456789012345678901234567890]"},
      {"[1e400, -1e400]", "[Infinity,-Infinity]"},
      {R"(["a\/b", "\"\\\n\r\t\f\b", "\u0000\u007f"])", R"(["a/b","\"\\\n\r\t\f\b","\u0000\u007f"])"},
      {R"(["é", "€", "🐻", "\ud83d\udc3b"])", R"(["\u00e9","\u20ac","\ud83d\udc3b","\ud83d\udc3b"])"},
      {R"({"🐻":1,"\uffff":2,"é":3,"z":4})", R"({"z":4,"\u00e9":3,"\uffff":2,"\ud83d\udc3b":1})"},
  };
  for (const auto& row : rows) EXPECT_EQ(python(row.text), row.form) << row.text;
}

}  // namespace
}  // namespace bearproof::rules
