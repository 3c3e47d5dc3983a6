#include "renderer_exchange.h"

#include <algorithm>
#include <string>

#include "bearproof/report/github.h"
#include "bearproof/report/junit.h"
#include "bearproof/report/markdown.h"
#include "bearproof/report/sarif.h"

#include "json_stream.h"

namespace bearproof::cli {
namespace {

class Sarif : public Renderer {
 public:
  explicit Sarif(const RendererOptions& options) : folder_(options.folder), stream_(options.pretty) {}

  void opening(Output& out) override { stream_.write(out, report::sarif_opening()); }
  std::string render(const report::DocumentReport& document, const report::SourceText&) const override {
    return report::sarif_results(document, folder_);
  }
  void emit(Output& out, std::string_view rendered) override { stream_.items(out, rendered); }
  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection) emit(out, report::sarif_results(*collection, folder_));
    stream_.write(out, report::sarif_closing(summary));
  }

 private:
  std::string folder_;
  JsonStream stream_;
};

class Github : public Renderer {
 public:
  explicit Github(const RendererOptions& options) : folder_(options.folder), quiet_(options.quiet) {}

  std::string render(const report::DocumentReport& document, const report::SourceText&) const override {
    return report::github_commands(document, folder_);
  }
  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection) out.write(report::github_commands(*collection, folder_));
    if (!quiet_) out.write(report::summary_text(summary, {}));
  }

 private:
  std::string folder_;
  bool quiet_;
};

class Junit : public Renderer {
 public:
  explicit Junit(const RendererOptions& options) : failing_(options.failing) {}

  std::string render(const report::DocumentReport& document, const report::SourceText&) const override {
    if (document.line && document.findings.empty()) return {};
    // `emit` must tell lines from files: the first character says which.
    return (document.line ? "L" : "F") + report::junit_case(document, failing_).xml;
  }
  void emit(Output&, std::string_view rendered) override {
    if (rendered.empty()) return;
    report::JunitCases one;
    one.xml = rendered.substr(1);
    one.cases = 1;
    // Text from documents cannot bring a tag: it is escaped.
    one.failures = rendered.find("<failure ") == std::string_view::npos ? 0 : 1;
    cases_.add(one);
    if (rendered.front() == 'L') ++in_file_;
  }
  void file(Output&, std::string_view source, const report::Summary& summary) override {
    cases_.add(report::junit_rest(source, summary.documents - std::min(summary.documents, in_file_)));
    in_file_ = 0;
  }
  void closing(Output& out, const Collected& collection, const report::Summary&) override {
    if (collection) cases_.add(report::junit_case(*collection, failing_));
    out.write(report::junit(cases_));
  }

 private:
  Severity failing_;
  report::JunitCases cases_;
  std::uint64_t in_file_ = 0;  ///< cases since the last NDJSON input ended
};

class Markdown : public Renderer {
 public:
  std::string render(const report::DocumentReport& document, const report::SourceText&) const override {
    return report::markdown_rows(document);
  }
  void emit(Output&, std::string_view rendered) override {
    // A job summary holds a megabyte.
    constexpr std::size_t most = std::size_t{768} << 10;
    for (std::size_t at = 0; at < rendered.size();) {
      const std::size_t end = rendered.find('\n', at) + 1;
      if (left_out_ != 0 || rows_.size() + (end - at) > most) {
        ++left_out_;
      } else {
        rows_.append(rendered, at, end - at);
      }
      at = end;
    }
  }
  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection) emit(out, report::markdown_rows(*collection));
    out.write(report::markdown(summary, rows_, left_out_));
  }

 private:
  std::string rows_;
  std::uint64_t left_out_ = 0;
};

}  // namespace

std::unique_ptr<Renderer> make_exchange_renderer(std::string_view format, const RendererOptions& options) {
  if (format == "sarif") return std::make_unique<Sarif>(options);
  if (format == "github") return std::make_unique<Github>(options);
  if (format == "junit") return std::make_unique<Junit>(options);
  if (format == "markdown") return std::make_unique<Markdown>();
  return nullptr;
}

}  // namespace bearproof::cli
