#include "../../../core/rules/host_path.h"

#include <gtest/gtest.h>

namespace bearproof::rules {
namespace {

TEST(HostPath, WholeHomes) {
  for (const char* path : {"~",
                           "~/",
                           "~//",
                           "~/.",
                           "~/./",
                           "~name",
                           "~name/",
                           "$HOME",
                           "$HOME/",
                           "${HOME}",
                           "${HOME}/",
                           "${HOME:-/root}",
                           "${HOME%/}",
                           "$USERPROFILE",
                           "%USERPROFILE%",
                           "$env:USERPROFILE\\",
                           "/home/name",
                           "/home/name/",
                           "/home//name",
                           "/var/home/name",
                           "/Users/name",
                           "/users/name",
                           "/root",
                           "/root/",
                           "C:\\Users\\name",
                           "C:/Users/name/",
                           "/mnt/c/Users/name",
                           " ~ ",
                           "~/*",
                           "/home/name/**",
                           "~/dev/..",
                           "/home/name/dev/.."}) {
    EXPECT_EQ(host_part(path), HostPart::home) << path;
  }
}

TEST(HostPath, WhatHoldsHomes) {
  for (const char* path : {"/", "/*", "/home", "/home/*", "/Users/", "/var/home", "C:\\", "C:", "/mnt/c", "~/..",
                           "$HOME/../", "~/../other", "/home/name/.."}) {
    EXPECT_EQ(host_part(path), HostPart::home) << path;
  }
}

TEST(HostPath, WholeDownloads) {
  for (const char* path :
       {"~/Downloads", "~/Downloads/", "~/downloads", "$HOME/Downloads", "${HOME}/Downloads/.", "/home/name/Downloads",
        "/Users/name/Downloads/*", "C:\\Users\\name\\Downloads", "~/Downloads/SourceOS/..", "$XDG_DOWNLOAD_DIR",
        "${XDG_DOWNLOAD_DIR}/", "~/dev/../Downloads"}) {
    EXPECT_EQ(host_part(path), HostPart::downloads) << path;
  }
}

TEST(HostPath, AnythingElse) {
  for (const char* path : {"",
                           " ",
                           ".",
                           "..",
                           "*",
                           "dev",
                           "~+",
                           "~-",
                           "~/dev",
                           "~name/dev",
                           "$HOMEBREW",
                           "$HOME.bak",
                           "$HOMEX/..",
                           "${HOMEX}",
                           "${HOME",
                           "${HOME}x",
                           "$PWD",
                           "$(pwd)",
                           "/home/name/dev",
                           "/Users/Shared",
                           "/Users/Public/",
                           "/srv",
                           "/mnt",
                           "/mnt/data/Users",
                           "/opt/home",
                           "/homework",
                           "/rooted",
                           "/root/dev",
                           "home/name",
                           "~/Downloads/SourceOS",
                           "~/Downloads2",
                           "$XDG_DOWNLOAD_DIR/agent",
                           "D:\\work",
                           "C:relative",
                           "~/../other/dev"}) {
    EXPECT_EQ(host_part(path), HostPart::other) << path;
  }
  EXPECT_EQ(host_part("~" +
                      [] {
                        std::string deep;
                        for (int i = 0; i < 1000; ++i) deep += "/d";
                        return deep;
                      }()),
            HostPart::other);
}

}  // namespace
}  // namespace bearproof::rules
