// The SIMD stage: where the tokens of a text begin. All that this component sees of simdjson.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bearproof::json {

/// Token positions in a text: of every bracket, comma, colon and of the first byte of every string and other scalar.
struct Tokens {
  const std::uint32_t* begin = nullptr;
  const std::uint32_t* end = nullptr;
};

/// Runs simdjson's first stage, whatever kernel suits the machine, with memory that is reused.
class SimdStage {
 public:
  SimdStage();
  ~SimdStage();
  SimdStage(SimdStage&&) noexcept;
  SimdStage& operator=(SimdStage&&) noexcept;

  /// Finds the tokens of a text. It succeeds only if the text is UTF-8, has as many opening as closing quotes, no
  /// unescaped control character within a string, and at least one token. Reads no byte beyond the text.
  /// @return whether it succeeded; the tokens hold until the next call
  bool run(std::string_view text, Tokens& tokens);

  /// False where the kernel "scanner" was chosen: there is no stage to run.
  bool available() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

namespace simd {
std::vector<std::string> kernels();
bool select(std::string_view name);
}  // namespace simd

}  // namespace bearproof::json
