// IPC transcripts: the lines of one file are one conversation, and have an order.
#include <string>
#include <vector>

#include "linker.h"

namespace bearproof::collection {
namespace {

bool is_message(const Record& record) { return record.dialect == Dialect::ipc_envelope && record.is_line; }

/// Whether `text` is an item of a list, or the name of one.
bool lists(json::Value list, std::string_view text) {
  if (!list) return false;
  for (const json::Value item : list.items()) {
    const json::Value name = item.is_object() ? item.find("name") : item;
    if (name && name.equals(text)) return true;
  }
  return false;
}

class Transcript {
 public:
  Transcript(Linker& linker, std::vector<StringId>& seen) : linker_(linker), index_(linker.index), seen_(seen) {}

  void take(DocumentIndex i) {
    const Record& record = index_[i];
    const StringId type = record[Slot::name];
    if (before_ == Linker::nothing && type != Word::hello) linker_.raise(Rule::ipc_handshake_order, i, Slot::name);
    if (before_ != Linker::nothing && record[Time::seen] != never && record[Time::seen] < index_[before_][Time::seen]) {
      linker_.also(linker_.raise(Rule::ipc_time_backwards, i, Time::seen), before_, "/ts", "the message before it");
    }
    before_ = i;
    if (const DocumentIndex first = earlier(record[Slot::id], i); first != Linker::nothing) {
      linker_.also(linker_.raise(Rule::ipc_id_duplicate, i, Slot::id), first, Slot::id, "first used here");
    }
    if (record[Slot::parent] != 0 && earlier(record[Slot::parent], i) == Linker::nothing) {
      linker_.raise(Rule::ipc_reply_unknown, i, Slot::parent);
    }
    switch (type) {
      case Word::hello: hello_ = i; break;
      case Word::hello_ack: acknowledge(i); break;
      case Word::capabilities: offered_ = i; break;
      case Word::capabilities_ack: accepted_ = i; break;
      case Word::invoke: invoke(i); break;
      case Word::result:
      case Word::error:
      case Word::cancel: answered_.push_back(record[Slot::parent]); break;
      default: break;
    }
  }

  void finish() {
    for (const StringId id : answered_) seen_[id] = id;
    for (const DocumentIndex invoked : invoked_) {
      if (seen_[index_[invoked][Slot::id]] == 0) linker_.raise(Rule::ipc_invoke_unanswered, invoked, Slot::id);
    }
    for (const StringId id : answered_) seen_[id] = 0;
  }

 private:
  /// The message with this id that came before, in this file.
  DocumentIndex earlier(StringId id, DocumentIndex i) const {
    for (const DocumentIndex other : linker_.ids.of(id)) {
      if (other >= i) break;
      if (is_message(index_[other]) && index_[other].source == index_[i].source) return other;
    }
    return Linker::nothing;
  }

  void acknowledge(DocumentIndex i) {
    if (hello_ == Linker::nothing) return;  // then the first message is at fault
    Loaded said;
    Loaded answered;
    const json::Value hello = said.load(index_, hello_, linker_.texts);
    const json::Value root = answered.load(index_, i, linker_.texts);
    const json::Value selected = root ? at(root, "payload/selected") : json::Value();
    if (!hello || !selected || !selected.is_string()) return;
    std::string scratch;
    if (lists(at(hello, "payload/protocols"), selected.string(scratch))) return;
    linker_.also(linker_.raise(Rule::ipc_protocol_unselected, i, "/payload/selected"), hello_, "/payload/protocols",
                 "what was offered");
  }

  void invoke(DocumentIndex i) {
    invoked_.push_back(i);
    if (offered_ == Linker::nothing) {
      linker_.raise(Rule::ipc_handshake_order, i, Slot::name);
      return;
    }
    const std::string_view operation = index_.text(index_[i][Slot::subject]);
    if (operation.empty()) return;
    Loaded loaded;
    const json::Value offered = loaded.load(index_, offered_, linker_.texts);
    if (offered && !lists(at(offered, "payload/capabilities"), operation)) {
      Found* found = linker_.raise(Rule::ipc_invoke_unadvertised, i, Slot::subject);
      if (found != nullptr) found->message = "operation " + Linker::quoted(operation) + " was never advertised";
      linker_.also(found, offered_, "/payload/capabilities", "what was advertised");
      return;
    }
    if (accepted_ == Linker::nothing) return;
    const json::Value accepted = loaded.load(index_, accepted_, linker_.texts);
    if (accepted && !lists(at(accepted, "payload/accepted"), operation)) {
      linker_.also(linker_.raise(Rule::ipc_invoke_unacked, i, Slot::subject), accepted_, "/payload/accepted",
                   "what was accepted");
    }
  }

  Linker& linker_;
  const Index& index_;
  std::vector<StringId>& seen_;
  DocumentIndex before_ = Linker::nothing;
  DocumentIndex hello_ = Linker::nothing;
  DocumentIndex offered_ = Linker::nothing;
  DocumentIndex accepted_ = Linker::nothing;
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
  std::vector<StringId> seen;
  DocumentIndex receipt = Linker::nothing;
  DocumentIndex invoked = Linker::nothing;
  DocumentIndex result = Linker::nothing;
  for (DocumentIndex i = 0; i < index.size(); ++i) {
    if (index[i].dialect == Dialect::ipc_run_receipt) receipt = i;
    if (!is_message(index[i])) continue;
    if (seen.empty()) seen.resize(index.strings().size());
    Transcript transcript(linker, seen);
    const StringId source = index[i].source;
    for (; i < index.size() && is_message(index[i]) && index[i].source == source; ++i) {
      transcript.take(i);
      if (index[i][Slot::name] == Word::invoke) invoked = i;
      if (index[i][Slot::name] == Word::result) result = i;
    }
    transcript.finish();
    --i;
  }
  if (receipt != Linker::nothing) check_receipt(linker, receipt, invoked, result);
}

}  // namespace bearproof::collection
