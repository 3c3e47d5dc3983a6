#include "fields.h"

#include <string>

#include "bearproof/json/number.h"
#include "bearproof/rules/rules.h"
#include "bearproof/text/ascii.h"

namespace bearproof::rules {

json::Value at(json::Value object, std::string_view key) { return object ? object.find(key) : json::Value(); }

bool is(json::Value value, std::string_view word) { return value && value.equals(word); }

bool is_true(json::Value value) { return value && value.is_true(); }

int index_of(json::Value value, std::initializer_list<std::string_view> words) {
  if (!value) return -1;
  int index = 0;
  for (const std::string_view word : words) {
    if (value.equals(word)) return index;
    ++index;
  }
  return -1;
}

bool is_blank(json::Value value) {
  if (!value || !value.is_string()) return true;
  std::string scratch;
  return text::trimmed(value.string(scratch)).empty();
}

bool is_empty_list(json::Value value) { return !value || !value.is_array() || value.size() == 0; }

bool is_empty_array(json::Value value) { return value && value.is_array() && value.size() == 0; }

bool holds(json::Value array, std::string_view word) {
  if (!array) return false;
  for (const json::Value item : array.items()) {
    if (item.equals(word)) return true;
  }
  return false;
}

std::int64_t integer(json::Value value, std::int64_t otherwise) {
  if (!value || !value.is_number()) return otherwise;
  return json::Number(value.raw()).int64().value_or(otherwise);
}

int loudness(std::string_view severity) {
  int loud = 0;
  for (const std::string_view name : {"trace", "debug", "info", "notice", "warning", "error", "critical"}) {
    if (name == severity) return loud;
    ++loud;
  }
  return -1;
}

int loudness(json::Value severity) {
  std::string scratch;
  return severity && severity.is_string() ? loudness(severity.string(scratch)) : -1;
}

Place place_of(json::Value value, json::Value object) { return Place::value((value ? value : object).index()); }

}  // namespace bearproof::rules
