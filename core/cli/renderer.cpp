#include "renderer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "bearproof/report/paint.h"
#include "bearproof/report/visible.h"

#include "json_stream.h"
#include "renderer_exchange.h"
#include "schema_output.h"

namespace bearproof::cli {
namespace {

class Text : public Renderer {
 public:
  explicit Text(const RendererOptions& options) : style_(options.text), quiet_(options.quiet) {}

  void file(Output& out, std::string_view source, const report::Summary& summary) override {
    if (quiet_) return;
    out.write(report::lines_text(source, summary, style_));
    ends_blank_ = false;
  }

  void emit(Output& out, const Rendered& document) override {
    if (document.text.empty()) return;
    out.write(document.text);
    ends_blank_ = document.text.ends_with("\n\n");
  }

  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection && !collection->empty()) {
      if (!ends_blank_) out.write("\n");
      out.write(report::collection_text(*collection, style_));
      ends_blank_ = true;
    }
    if (quiet_) return;
    if (!ends_blank_) out.write("\n");
    out.write(report::summary_text(summary, style_));
    std::uint64_t findings = 0;
    for (const std::uint64_t count : summary.severities) findings += count;
    if (findings == 0) return;
    const report::Paint paint(style_.color);
    out.write(paint.dim("\"bearproof explain RULE\" tells more about a rule.") + "\n");
  }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText& text) const override {
    const bool is_line = document.line.has_value();
    if (document.findings.empty() && (quiet_ || is_line)) return {};
    return report::document_text(document, text.source, style_);
  }

  report::TextStyle style_;
  bool quiet_;
  bool ends_blank_ = true;
};

class Json : public Renderer {
 public:
  explicit Json(const RendererOptions& options) : options_(options.report), stream_(options.pretty) {}

  void opening(Output& out) override { stream_.write(out, json_opening(options_)); }
  void emit(Output& out, const Rendered& document) override { stream_.items(out, document.text); }
  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    stream_.write(out, report::json_closing(collection, summary));
    out.write("\n");
  }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText&) const override {
    return document.line && document.findings.empty() ? std::string() : to_json(document);
  }

  report::ReportOptions options_;
  JsonStream stream_;
};

class Ndjson : public Renderer {
 public:
  explicit Ndjson(const RendererOptions&) {}

  void closing(Output& out, const Collected& collection, const report::Summary& summary) override {
    if (collection) out.write(report::closing_line(collection, summary) + "\n");
  }
  bool wants_every_line() const override { return true; }

 private:
  std::string text_of(const report::DocumentReport& document, const CheckedText&) const override {
    return to_json(document) + "\n";
  }
};

}  // namespace

Rendered Renderer::render(const report::DocumentReport& report, const CheckedText& text) const {
  Rendered out{text_of(report, text), report.line.has_value(), Severity::off};
  for (const report::LocatedFinding& finding : report.findings) out.worst = std::max(out.worst, finding.severity);
  return out;
}

std::span<const Format> formats() {
  static const std::vector<Format> all = [] {
    std::vector<Format> list = {{"text", "default", make<Text>},
                                {"json", "one report", make<Json>},
                                {"ndjson", "one line per document", make<Ndjson>}};
    for (const std::span<const Format> more : {exchange_formats(), schema_output_formats()}) {
      list.insert(list.end(), more.begin(), more.end());
    }
    return list;
  }();
  return all;
}

std::unique_ptr<Renderer> make_renderer(std::string_view format, const RendererOptions& options) {
  for (const Format& known : formats()) {
    if (known.name == format) return known.make == nullptr ? nullptr : known.make(options);
  }
  return nullptr;
}

}  // namespace bearproof::cli
