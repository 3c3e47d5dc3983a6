#include "bearproof/collection/facts.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "bearproof/json/reader.h"

namespace bearproof::collection {
namespace {

// BearBrowser's scripts put a prefix before what may be a URN already; other documents name the URN as it is.
TEST(Facts, AUrnWithinAUrnIsTakenAsTheInnerOne) {
  json::Reader reader;
  const json::Document* document = reader.read(R"({
    "receiptId": "urn:srcos:receipt:browser-automation:urn:srcos:receipt:browser-automation:r-1",
    "sessionRef": "urn:srcos:session:browser:urn:srcos:session:s-1",
    "ownerRef": "urn:srcos:agent:urn:srcos:agent:URN:srcos:human:clerk",
    "policyDecisionRef": "urn:srcos:policy:decision:bearbrowser:urn:srcos:policy:decision:bearbrowser:d-1",
    "evidenceRefs": ["urn:srcos:evidence:urn:srcos:session:s-1", "urn:srcos:evidence:urn:srcos:evidence:e-1"]
  })");
  ASSERT_NE(document, nullptr);
  Entry entry;
  entry.read(*document, Dialect::browser_receipt_bearbrowser_v1);
  EXPECT_EQ(entry[Fact::id], "urn:srcos:receipt:browser-automation:r-1");
  EXPECT_EQ(entry[Fact::session], "urn:srcos:session:s-1");
  EXPECT_EQ(entry[Fact::owner], "URN:srcos:human:clerk");
  EXPECT_EQ(entry[Fact::decision], "urn:srcos:policy:decision:bearbrowser:d-1");
  ASSERT_EQ(entry.reference_count, 2u);
  EXPECT_EQ(entry.references[0], "urn:srcos:evidence:urn:srcos:session:s-1");
  EXPECT_EQ(entry.references[1], "urn:srcos:evidence:e-1");
}

TEST(Facts, WhatOnlyLooksLikeAUrnWithinAUrnStays) {
  json::Reader reader;
  const json::Document* document = reader.read(R"({
    "id": "urn:srcos:receipt:browser-automation:urn:srcos:session:s-1",
    "sessionRef": "urn:srcos:session:return:s-1",
    "ownerRef": "agent:urn:srcos:agent:x",
    "policyDecisionRef": "urn:srcos:decision:urn-shortener"
  })");
  ASSERT_NE(document, nullptr);
  Entry entry;
  entry.read(*document, Dialect::browser_receipt_seed);
  EXPECT_EQ(entry[Fact::id], "urn:srcos:receipt:browser-automation:urn:srcos:session:s-1");
  EXPECT_EQ(entry[Fact::session], "urn:srcos:session:return:s-1");
  EXPECT_EQ(entry[Fact::owner], "agent:urn:srcos:agent:x");
  EXPECT_EQ(entry[Fact::decision], "urn:srcos:decision:urn-shortener");
}

}  // namespace
}  // namespace bearproof::collection
