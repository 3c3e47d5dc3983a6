// What is written again as it goes on: the records of one thing, in the order in which they were recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "bearproof/collection/index.h"
#include "bearproof/collection/link.h"

namespace bearproof::collection {

/// Puts records of one id, kind by kind, into the order in which they were recorded: by time; one that tells none was
/// recorded with the one before it. Where times do not tell, the lines of logs come before whole files, which their
/// writers replace: a file says what holds now. Otherwise the order in which they were given stays.
/// @param records  in the order in which they were given
void put_in_order(const Index& index, std::vector<DocumentIndex>& records);

/// Whether two documents are equal as data, however they are spelled and set.
bool say_the_same(const Index& index, Texts& texts, DocumentIndex a, DocumentIndex b);

/// For how long a browser session has been active at `now`, where that is longer than allowed; nothing otherwise, or
/// where its receipt tells neither a start nor whether it goes on (the minimal form).
std::optional<Nanoseconds> overlong(const Record& receipt, Nanoseconds now, std::uint32_t ttl_minutes);

}  // namespace bearproof::collection
