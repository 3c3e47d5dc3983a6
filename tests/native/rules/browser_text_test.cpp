#include "../../../core/rules/browser_text.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace bearproof::rules {
namespace {

TEST(BrowserText, FindsCredentialsInUrls) {
  for (const std::string_view text : {
           "https://anna:pw@shop.example/",
           "https://anna@shop.example",
           "https://:pw@shop.example/",
           "HTTPS://anna:pw@shop.example/",
           "http:/anna:pw@shop.example/",
           "http:anna:pw@shop.example/",
           "https:\\\\anna:pw@shop.example\\x",
           "ftp://anna:pw@files.example, and more",
           "custom+scheme://anna:pw@host",
           "see (https://anna:p)w@shop.example/)",
           "two: https://shop.example/ and https://anna:pw@shop.example/",
           "https://shop.example/?next=https://anna:pw@shop.example/",
           "https://shop.example/?lang=en&access_token=b7c1",
           "https://shop.example/?lang=en;API-Key=b7c1",
           "https://shop.example/#id_token=b7c1",
           "https://shop.example/?%74oken=b7c1",
           "(https://shop.example/?password=b7c1)",
       }) {
    EXPECT_EQ(url_detail(text), UrlDetail::credentials) << text;
  }
}

TEST(BrowserText, FindsQueriesAndFragments) {
  for (const std::string_view text : {
           "https://shop.example/search?q=ring",
           "(https://shop.example/search?q=ring)",
           "https://shop.example#part",
           "ws://shop.example/live?x",
           "https://shop.example/?token=",
           "https://shop.example/?token=***",
           "https://shop.example/?to=anna@shop.example",
       }) {
    EXPECT_EQ(url_detail(text), UrlDetail::query) << text;
  }
}

TEST(BrowserText, LeavesOtherTextsAlone) {
  for (const std::string_view text : {
           "",
           ":",
           "Price watch",
           "Price watch (https://shop.example/a/b)",
           "https://shop.example/?",
           "(https://shop.example/?)",
           "What is https://shop.example?",
           "https://shop.example/@anna/photos",
           "anna@shop.example",
           "mailto:anna@shop.example",
           "Re: is it cheaper? #3",
           "urn:srcos:agent:anna@home",
           "note: a//b@c",
       }) {
    EXPECT_EQ(url_detail(text), UrlDetail::none) << text;
  }
}

TEST(BrowserText, ManyUrlsTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 400'000; ++i) text += "http:";
  EXPECT_EQ(url_detail(text), UrlDetail::none);
}

TEST(BrowserText, KnowsNamesOfSecrets) {
  for (const std::string_view name : {"password", "userPassword", "API-KEY", "apiKey", "tokenCount", "private_key",
                                      "credentialClass", "set-cookie", "CVV2", "payment"}) {
    EXPECT_TRUE(mentions_secret(name)) << name;
  }
  for (const std::string_view name : {"", "pass", "key", "discarded", "user"})
    EXPECT_FALSE(mentions_secret(name)) << name;
}

TEST(BrowserText, FindsPagesOfExtensionsAndOfTheBrowser) {
  for (const std::string_view text : {
           "moz-extension://0f3a/panel.html",
           "chrome-extension://abc/",
           "Chrome-Extension://abc/",
           "  moz-extension://0f3a",
           "moz-\textension://0f3a",
           "tab 3: moz-extension://0f3a/panel.html",
           "view-source:moz-extension://0f3a/panel.html",
           "blob:chrome-extension://abc/1",
           "about:config",
           "ABOUT:Addons",
           "about:debugging#/runtime/this-firefox",
           "chrome://settings",
           "edge://flags",
           "resource://gre/",
           "devtools://devtools/bundled/inspector.html",
       }) {
    EXPECT_TRUE(names_privileged_page(text)) << text;
  }
  for (const std::string_view text : {
           "",
           "tab-1",
           "https://shop.example/",
           "about:blank",
           "about:srcdoc",
           "About: whales",
           "Chrome: what is new",
           "https://shop.example/about:config/x",
           "https://shop.example/?page=moz-extension://0f3a",
           "https://chrome.example/",
       }) {
    EXPECT_FALSE(names_privileged_page(text)) << text;
  }
}

}  // namespace
}  // namespace bearproof::rules
