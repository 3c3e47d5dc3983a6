#include <utility>

#include "bearproof/validator/validator.h"

#include "pipeline.h"
#include "utf16_counter.h"

namespace bearproof {

/// Where lines start, in UTF-16 code units: counted over the stream as it passes, since what has passed is gone.
class LineStarts {
 public:
  void begin(std::string_view bytes) {
    portion_ = bytes;
    portion_offset_ = seen_;
    seen_ += bytes.size();
    counted_ = 0;
  }

  /// @param offset  where a line starts: in the portion at hand, or the line that was begun before it
  std::uint64_t utf16_at(std::uint64_t offset) {
    if (offset <= portion_offset_ && offset == open_line_) return open_line_utf16_;
    count_to(static_cast<std::size_t>(offset - portion_offset_));
    return counter_.units();
  }

  void end() {
    const std::size_t newline = portion_.rfind('\n');
    if (newline != std::string_view::npos) {
      count_to(newline + 1);
      open_line_ = portion_offset_ + newline + 1;
      open_line_utf16_ = counter_.units();
    }
    count_to(portion_.size());
    portion_ = {};
    portion_offset_ = seen_;
    counted_ = 0;
  }

 private:
  void count_to(std::size_t end) {
    if (end <= counted_) return;
    counter_.add(portion_.substr(counted_, end - counted_));
    counted_ = end;
  }

  Utf16Counter counter_;
  std::string_view portion_;
  std::size_t counted_ = 0;  ///< bytes of the portion
  std::uint64_t portion_offset_ = 0;
  std::uint64_t seen_ = 0;
  std::uint64_t open_line_ = 0;  ///< where the line started that the last portion left unfinished
  std::uint64_t open_line_utf16_ = 0;
};

struct Validator::Lines::Impl {
  Impl(Validator& validator_, std::string source_, Which which, Take take_)
      : validator(validator_),
        source(std::move(source_)),
        every(which == Which::every),
        take(std::move(take_)),
        reader(validator.options().limits) {}

  void drain();
  void check(const json::Line& line);

  Validator& validator;
  std::string source;
  bool every;
  Take take;
  json::LineReader reader;
  LineStarts starts;
  report::Summary passed_over;
  Collection* collection = nullptr;
};

void Validator::Lines::Impl::check(const json::Line& line) {
  Checked checked = validator.look(source, line.text, line.document, line.fault, true);
  const bool is_clean = !every && !checked.has_findings;
  if (is_clean) passed_over.count_clean(report::verdict_of(true, false, checked.has_schema_));
  if (is_clean && collection == nullptr) return;
  checked.line = line.number;
  checked.origin = {line.offset, line.number, 1, starts.utf16_at(line.offset)};
  if (collection != nullptr) collection->add(checked);
  if (is_clean) return;
  if (every) return take(checked);
  // A schema that failed may have done so by rules below the level alone: only the report knows.
  report::DocumentReport report = checked.report();
  if (report.findings.empty()) return passed_over.count(report);
  checked.report_ = &report;
  take(checked);
}

void Validator::Lines::Impl::drain() {
  json::Line line;
  while (reader.next(line)) check(line);
}

Validator::Lines::Lines(Validator& validator, std::string source, Which which, Take take)
    : impl_(std::make_unique<Impl>(validator, std::move(source), which, std::move(take))) {}
Validator::Lines::~Lines() = default;

void Validator::Lines::collect(Collection& collection) { impl_->collection = &collection; }

void Validator::Lines::push(std::string_view bytes) {
  if (bytes.empty()) return;
  impl_->starts.begin(bytes);
  impl_->reader.feed(bytes);
  impl_->drain();
  impl_->starts.end();
}

void Validator::Lines::finish() {
  impl_->reader.finish();
  impl_->drain();
}

const report::Summary& Validator::Lines::passed_over() const { return impl_->passed_over; }

}  // namespace bearproof
