// Shows a json::Document to valijson, in the manner of the adapters that come with it. Handles are copied freely; the
// document must outlive them.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <string>
#include <utility>

#include <valijson/internal/adapter.hpp>
#include <valijson/internal/basic_adapter.hpp>
#include <valijson/internal/frozen_value.hpp>

#include "bearproof/json/document.h"
#include "bearproof/json/number.h"

namespace bearproof::oracle {

class Adapter;
class Object;

using ObjectMember = std::pair<std::string, Adapter>;

class ArrayIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Adapter;
  using difference_type = std::ptrdiff_t;
  using pointer = Adapter*;
  using reference = Adapter&;

  explicit ArrayIterator(json::Value at) : at_(at) {}
  Adapter operator*() const;
  valijson::adapters::DerefProxy<Adapter> operator->() const;
  bool operator==(const ArrayIterator& other) const { return at_.index() == other.at_.index(); }
  bool operator!=(const ArrayIterator& other) const { return !(*this == other); }
  ArrayIterator& operator++() {
    at_ = json::Value(&at_.document(), at_.next());
    return *this;
  }
  ArrayIterator operator++(int) {
    const ArrayIterator before = *this;
    ++*this;
    return before;
  }
  void advance(std::ptrdiff_t n) {
    for (; n > 0; --n) ++*this;
  }

 private:
  json::Value at_;
};

class ObjectIterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = ObjectMember;
  using difference_type = std::ptrdiff_t;
  using pointer = ObjectMember*;
  using reference = ObjectMember&;

  explicit ObjectIterator(json::Value key) : key_(key) {}
  ObjectMember operator*() const;
  valijson::adapters::DerefProxy<ObjectMember> operator->() const;
  bool operator==(const ObjectIterator& other) const { return key_.index() == other.key_.index(); }
  bool operator!=(const ObjectIterator& other) const { return !(*this == other); }
  ObjectIterator& operator++() {
    key_ = json::Value(&key_.document(), value().next());
    return *this;
  }
  ObjectIterator operator++(int) {
    const ObjectIterator before = *this;
    ++*this;
    return before;
  }
  json::Value key() const { return key_; }
  json::Value value() const { return {&key_.document(), key_.index() + 1}; }

 private:
  json::Value key_;
};

/// The array and object that stand for "none": valijson default-constructs them.
json::Value empty_object();

class Array {
 public:
  using const_iterator = ArrayIterator;
  using iterator = ArrayIterator;
  Array() : value_(empty_object()) {}
  explicit Array(json::Value value) : value_(value) {}
  iterator begin() const { return ArrayIterator({&value_.document(), value_.index() + 1}); }
  iterator end() const { return ArrayIterator({&value_.document(), value_.next()}); }
  std::size_t size() const { return value_.size(); }

 private:
  json::Value value_;
};

class Object {
 public:
  using const_iterator = ObjectIterator;
  using iterator = ObjectIterator;
  Object() : value_(empty_object()) {}
  explicit Object(json::Value value) : value_(value) {}
  iterator begin() const { return ObjectIterator({&value_.document(), value_.index() + 1}); }
  iterator end() const { return ObjectIterator({&value_.document(), value_.next()}); }
  iterator find(const std::string& name) const {
    for (iterator at = begin(); at != end(); ++at) {
      if (at.key().equals(name)) return at;
    }
    return end();
  }
  std::size_t size() const { return value_.size(); }

 private:
  json::Value value_;
};

class FrozenValue : public valijson::adapters::FrozenValue {
 public:
  explicit FrozenValue(json::Value value) : value_(value) {}
  valijson::adapters::FrozenValue* clone() const override { return new FrozenValue(value_); }
  bool equalTo(const valijson::adapters::Adapter& other, bool strict) const override;

 private:
  json::Value value_;
};

class BasicValue {
 public:
  BasicValue() : value_(empty_object()) {}
  explicit BasicValue(json::Value value) : value_(value) {}

  valijson::adapters::FrozenValue* freeze() const { return new FrozenValue(value_); }
  opt::optional<Array> getArrayOptional() const {
    if (!isArray()) return {};
    return opt::make_optional(Array(value_));
  }
  opt::optional<Object> getObjectOptional() const {
    if (!isObject()) return {};
    return opt::make_optional(Object(value_));
  }
  bool getArraySize(std::size_t& result) const { return assign(isArray(), result, value_.size()); }
  bool getObjectSize(std::size_t& result) const { return assign(isObject(), result, value_.size()); }
  bool getBool(bool& result) const { return assign(isBool(), result, value_.is_true()); }
  bool getInteger(std::int64_t& result) const {
    return isInteger() && assign(true, result, *json::Number(value_.raw()).int64());
  }
  bool getDouble(double& result) const {
    return isDouble() && assign(true, result, std::strtod(std::string(value_.raw()).c_str(), nullptr));
  }
  bool getString(std::string& result) const {
    if (!isString()) return false;
    std::string scratch;
    result = value_.string(scratch);
    return true;
  }
  static bool hasStrictTypes() { return true; }
  bool isArray() const { return value_.is_array(); }
  bool isObject() const { return value_.is_object(); }
  bool isString() const { return value_.is_string(); }
  bool isBool() const { return value_.is_boolean(); }
  bool isNull() const { return value_.is_null(); }
  bool isNumber() const { return value_.is_number(); }
  /// Draft 7 reads 1.0 as an integer; one that int64 does not hold is shown as a double.
  bool isInteger() const { return isNumber() && json::Number(value_.raw()).int64().has_value(); }
  bool isDouble() const { return isNumber() && !isInteger(); }

 private:
  template <class T, class U>
  static bool assign(bool applies, T& result, U value) {
    if (applies) result = value;
    return applies;
  }

  json::Value value_;
};

class Adapter : public valijson::adapters::BasicAdapter<Adapter, Array, ObjectMember, Object, BasicValue> {
 public:
  Adapter() = default;
  explicit Adapter(json::Value value) : BasicAdapter(BasicValue(value)) {}
  /// What valijson calls on documents that it fetches; it fetches none here.
  explicit Adapter(const json::Document& document) : Adapter(document.root()) {}
};

inline Adapter ArrayIterator::operator*() const { return Adapter(at_); }
inline valijson::adapters::DerefProxy<Adapter> ArrayIterator::operator->() const {
  return valijson::adapters::DerefProxy<Adapter>(**this);
}
inline ObjectMember ObjectIterator::operator*() const {
  std::string scratch;
  return {std::string(key_.string(scratch)), Adapter(value())};
}
inline valijson::adapters::DerefProxy<ObjectMember> ObjectIterator::operator->() const {
  return valijson::adapters::DerefProxy<ObjectMember>(**this);
}
inline bool FrozenValue::equalTo(const valijson::adapters::Adapter& other, bool strict) const {
  return Adapter(value_).equalTo(other, strict);
}

}  // namespace bearproof::oracle

namespace valijson::adapters {
template <>
struct AdapterTraits<bearproof::oracle::Adapter> {
  using DocumentType = bearproof::json::Document;
  static std::string adapterName() { return "BearproofAdapter"; }
};
}  // namespace valijson::adapters
