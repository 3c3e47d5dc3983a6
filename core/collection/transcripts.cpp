// IPC transcripts: the lines of one file are one conversation, and have an order.
#include <string>
#include <vector>

#include "bearproof/json/strings.h"

#include "linker.h"

namespace bearproof::collection {
namespace {

bool is_message(const Record& record) { return record.dialect == Dialect::ipc_envelope && record.is_line; }

/// A list of a message, read again: its items, or their names.
class List {
 public:
  void load(const Linker& linker, DocumentIndex message, std::string_view path) {
    const json::Value root = loaded_.load(linker.index, message, linker.texts);
    is_there_ = static_cast<bool>(root);
    const json::Value list = root ? at(root, path) : root;
    items_ = json::sorted_strings(list);
    names_ = json::sorted_strings(list, "name");
  }
  bool is_there() const { return is_there_; }
  bool holds(std::string_view name) const { return json::holds(items_, name) || json::holds(names_, name); }

 private:
  Loaded loaded_;
  bool is_there_ = false;
  std::vector<json::Value> items_;
  std::vector<json::Value> names_;
};

class Transcript {
 public:
  /// @param first_with  by id, its first message: `nothing` all over, and so again in the end
  Transcript(Linker& linker, std::vector<DocumentIndex>& first_with)
      : linker_(linker), index_(linker.index), first_with_(first_with) {}

  void take(DocumentIndex i) {
    const Record& record = index_[i];
    const StringId type = record[Fact::message_type];
    if (before_ == Linker::nothing && type != Word::hello)
      linker_.raise(Rule::ipc_handshake_order, i, Fact::message_type);
    if (before_ != Linker::nothing && record[Time::recorded] != never &&
        record[Time::recorded] < index_[before_][Time::recorded]) {
      linker_.also(linker_.raise(Rule::ipc_time_backwards, i, Time::recorded), before_,
                   pointer_of(index_[before_].dialect, Time::recorded), "the message before it");
    }
    before_ = i;
    if (record[Fact::reply_to] != 0 && first_with_[record[Fact::reply_to]] == Linker::nothing) {
      linker_.raise(Rule::ipc_reply_unknown, i, Fact::reply_to);
    }
    if (const StringId id = record[Fact::id]; id != 0) {
      if (first_with_[id] != Linker::nothing) {
        linker_.also(linker_.raise(Rule::ipc_id_duplicate, i, Fact::id), first_with_[id], Fact::id, "first used here");
      } else {
        first_with_[id] = i;
        ids_.push_back(id);
      }
    }
    switch (type) {
      case Word::hello:
        hello_ = i;
        protocols_.load(linker_, i, "payload/protocols");
        break;
      case Word::hello_ack: acknowledge(i); break;
      case Word::capabilities:
        offered_ = i;
        offers_.load(linker_, i, "payload/capabilities");
        break;
      case Word::capabilities_ack:
        accepted_ = i;
        accepts_.load(linker_, i, "payload/accepted");
        break;
      case Word::invoke: invoke(i); break;
      case Word::result:
      case Word::error:
      case Word::cancel:
        if (record[Fact::reply_to] != 0) answered_.push_back(record[Fact::reply_to]);
        break;
      default: break;
    }
  }

  void finish() {
    for (const StringId id : ids_) first_with_[id] = Linker::nothing;
    for (const StringId id : answered_) first_with_[id] = before_;
    for (const DocumentIndex invoked : invoked_) {
      if (first_with_[index_[invoked][Fact::id]] == Linker::nothing) {
        linker_.raise(Rule::ipc_invoke_unanswered, invoked, Fact::id);
      }
    }
    for (const StringId id : answered_) first_with_[id] = Linker::nothing;
  }

 private:
  void acknowledge(DocumentIndex i) {
    if (hello_ == Linker::nothing) return;  // then the first message is at fault
    Loaded answered;
    const json::Value root = answered.load(index_, i, linker_.texts);
    const json::Value selected = root ? at(root, "payload/selected") : json::Value();
    if (!protocols_.is_there() || !selected || !selected.is_string()) return;
    std::string scratch;
    if (protocols_.holds(selected.string(scratch))) return;
    linker_.also(linker_.raise(Rule::ipc_protocol_unselected, i, "/payload/selected"), hello_, "/payload/protocols",
                 "what was offered");
  }

  void invoke(DocumentIndex i) {
    invoked_.push_back(i);
    if (offered_ == Linker::nothing) {
      linker_.raise(Rule::ipc_handshake_order, i, Fact::message_type);
      return;
    }
    const std::string_view operation = index_.text(index_[i][Fact::operation]);
    if (operation.empty()) return;
    if (offers_.is_there() && !offers_.holds(operation)) {
      Found* found = linker_.raise(Rule::ipc_invoke_unadvertised, i, Fact::operation);
      if (found != nullptr) found->message << "operation " << quote(operation) << " was never advertised";
      linker_.also(found, offered_, "/payload/capabilities", "what was advertised");
      return;
    }
    if (accepted_ != Linker::nothing && accepts_.is_there() && !accepts_.holds(operation)) {
      linker_.also(linker_.raise(Rule::ipc_invoke_unacked, i, Fact::operation), accepted_, "/payload/accepted",
                   "what was accepted");
    }
  }

  Linker& linker_;
  const Index& index_;
  std::vector<DocumentIndex>& first_with_;
  std::vector<StringId> ids_;
  DocumentIndex before_ = Linker::nothing;
  DocumentIndex hello_ = Linker::nothing;
  DocumentIndex offered_ = Linker::nothing;
  DocumentIndex accepted_ = Linker::nothing;
  List protocols_;
  List offers_;
  List accepts_;
  std::vector<DocumentIndex> invoked_;
  std::vector<StringId> answered_;
};

/// A run receipt repeats what its transcript says.
void check_receipt(Linker& linker, DocumentIndex receipt, DocumentIndex invoked, DocumentIndex result) {
  Loaded of_receipt;
  Loaded of_message;
  const json::Value root = of_receipt.load(linker.index, receipt, linker.texts);
  if (!root) return;
  struct Part {
    DocumentIndex message;
    std::string_view in_receipt;
    std::string_view in_message;
  };
  for (const Part& part : {Part{invoked, "invocation/op", "payload/op"},
                           Part{invoked, "invocation/args", "payload/args"}, Part{result, "result", "payload"}}) {
    if (part.message == Linker::nothing) continue;
    const json::Value message = of_message.load(linker.index, part.message, linker.texts);
    const json::Value said = at(root, part.in_receipt);
    const json::Value happened = message ? at(message, part.in_message) : json::Value();
    if (!said || !happened || equal_values(said, happened)) continue;
    linker.also(linker.raise(Rule::ipc_receipt_transcript_mismatch, receipt, "/" + std::string(part.in_receipt)),
                part.message, "/" + std::string(part.in_message), "the transcript says this");
    return;
  }
}

}  // namespace

void check_transcripts(Linker& linker) {
  const Index& index = linker.index;
  std::vector<DocumentIndex> first_with;
  DocumentIndex receipt = Linker::nothing;
  DocumentIndex invoked = Linker::nothing;
  DocumentIndex result = Linker::nothing;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (index[i].dialect == Dialect::ipc_run_receipt) receipt = i;
  }
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (!is_message(index[i])) continue;
    if (first_with.empty()) first_with.resize(index.strings().size(), Linker::nothing);
    Transcript transcript(linker, first_with);
    const StringId source = index[i].source;
    // What else stands in the file, a log of many things perhaps, does not end the conversation.
    for (; i < index.size() && index[i].is_line && index[i].source == source; ++i) {
      if (!is_message(index[i])) continue;
      transcript.take(i);
      if (index[i][Fact::message_type] == Word::invoke) invoked = i;
      if (index[i][Fact::message_type] == Word::result) result = i;
    }
    transcript.finish();
    --i;
  }
  if (receipt != Linker::nothing) check_receipt(linker, receipt, invoked, result);
}

}  // namespace bearproof::collection
