#include "renderer_exchange.h"

#include <algorithm>
#include <string>

#include "bearproof/report/github.h"
#include "bearproof/report/junit.h"
#include "bearproof/report/markdown.h"
#include "bearproof/report/sarif.h"

#include "files.h"
#include "json_stream.h"

namespace bearproof::cli {
namespace {

class Sarif : public Renderer {
 public:
  explicit Sarif(const RendererOptions& options) : folder_(options.folder), stream_(options.pretty) {}

  void opening(Output& out) override { stream_.write(out, report::sarif_opening()); }
  void emit(Output& out, const Rendered& document) override { stream_.items(out, document.text); }
  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection) stream_.items(out, report::sarif_results(*collection, folder_));
    stream_.write(out, report::sarif_closing(summary));
  }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText&) const override {
    return report::sarif_results(document, folder_);
  }

  std::string folder_;
  JsonStream stream_;
};

class Github : public Renderer {
 public:
  explicit Github(const RendererOptions& options) : folder_(options.folder), quiet_(options.quiet) {}

  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection) out.write(report::github_commands(*collection, folder_));
    if (!quiet_) out.write(report::summary_text(summary, {}));
  }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText&) const override {
    return report::github_commands(document, folder_);
  }

  std::string folder_;
  bool quiet_;
};

class Junit : public Renderer {
 public:
  explicit Junit(const RendererOptions& options) : failing_(options.failing) {}

  void emit(Output&, const Rendered& document) override {
    if (document.text.empty()) return;
    add({document.text, 1, document.worst >= failing_ ? 1u : 0u});
    if (document.is_line) ++in_file_;
  }
  void file(Output&, std::string_view source, const report::Summary& summary) override {
    add(report::junit_rest(source, summary.documents - std::min(summary.documents, in_file_)));
    in_file_ = 0;
  }
  void closing(Output& out, const Collected& collection, const report::Summary&) override {
    if (collection) add(report::junit_case(*collection, failing_));
    out.write(report::junit_opening(cases_, failures_));
    xml_.copy_to(out);
    out.write(report::junit_closing());
  }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText&) const override {
    return document.line && document.findings.empty() ? std::string() : report::junit_case(document, failing_).xml;
  }

  void add(const report::JunitCases& some) {
    xml_.append(some.xml);
    cases_ += some.cases;
    failures_ += some.failures;
  }

  Severity failing_;
  HeldText xml_;  ///< the counts of all cases stand before the first
  std::uint64_t cases_ = 0;
  std::uint64_t failures_ = 0;
  std::uint64_t in_file_ = 0;  ///< cases since the last NDJSON input ended
};

class Markdown : public Renderer {
 public:
  explicit Markdown(const RendererOptions&) {}

  void emit(Output&, const Rendered& document) override { add(document.text); }
  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection) add(report::markdown_rows(*collection));
    out.write(report::markdown(summary, rows_, left_out_));
  }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText&) const override {
    return report::markdown_rows(document);
  }

  void add(std::string_view rows) {
    // A job summary holds a megabyte.
    constexpr std::size_t most = std::size_t{768} << 10;
    for (std::size_t at = 0; at < rows.size();) {
      const std::size_t end = rows.find('\n', at) + 1;
      if (left_out_ != 0 || rows_.size() + (end - at) > most) {
        ++left_out_;
      } else {
        rows_.append(rows, at, end - at);
      }
      at = end;
    }
  }

  std::string rows_;
  std::uint64_t left_out_ = 0;
};

}  // namespace

std::span<const Format> exchange_formats() {
  static constexpr Format all[] = {
      {"sarif", "", make<Sarif>},
      {"github", "annotations", make<Github>},
      {"junit", "", make<Junit>},
      {"markdown", "", make<Markdown>},
  };
  return all;
}

}  // namespace bearproof::cli
