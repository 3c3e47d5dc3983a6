// The way of a document, once, for every surface: read, recognise, evaluate, run the rules, report.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bearproof/catalogue/limits.h"
#include "bearproof/catalogue/rules.h"
#include "bearproof/report/report.h"

namespace bearproof {

struct CheckOptions {
  Mode mode = Mode::standard;
  Severity level = Severity::info;
  std::string now;     ///< RFC 3339; "": rules about the present don't run
  bool digest = false;  ///< add each document's SHA-256
  std::vector<std::pair<RuleCase, Severity>> severities;  ///< overrides, by a rule's first case: they hold for all its cases
  Limits limits;
};

/// Options from JSON text, as the JavaScript package and configuration files write them:
/// `{"mode":"strict","level":"warning","now":"…","digest":true,"severities":{"rule.id":"off"},"limits":{"nesting":64}}`.
/// @return an error message naming the key and what was expected
std::optional<std::string> parse_options(std::string_view json, CheckOptions& out);

/// Checks documents one after another. Holds all working memory: keep one per thread. No exception leaves it.
class Validator {
 public:
  explicit Validator(CheckOptions options);
  ~Validator();
  Validator(Validator&&) noexcept;
  Validator& operator=(Validator&&) noexcept;

  const CheckOptions& options() const;

  /// Checks one document.
  /// @param source  a name for it: a path, or what the caller likes; shown, never opened
  report::DocumentReport check(std::string_view source, std::string_view text);

  /// NDJSON, streamed: give bytes in any portions, then finish. `on_document` sees every document when `every` is true,
  /// else only those with a finding at or above the level; all are counted in the summary.
  class Lines {
   public:
    Lines(Validator& validator, std::string source, bool every,
          std::function<void(report::DocumentReport&&)> on_document);
    ~Lines();
    void push(std::string_view bytes);
    void finish();
    const report::Summary& summary() const;

   private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
  };

  /// An empty report with this validator's options filled in.
  report::Report report() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bearproof
