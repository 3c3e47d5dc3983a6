#pragma once

#include <string_view>

namespace bearproof::cli {

/// core/catalogue/texts.json: the long texts of rules, by id.
std::string_view texts_json();

}  // namespace bearproof::cli
