// Files of the project whose form is published in schemas/published/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bearproof::test {

/// Fails for each file that does not follow a published schema.
/// @param name  as in schemas/published/NAME.schema.json
void expect_published_form(std::string_view name, const std::vector<std::string>& files);

}  // namespace bearproof::test
