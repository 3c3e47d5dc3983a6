#include "bearproof/text/invisible.h"

#include "bearproof/text/code_point_set.h"

namespace bearproof::text {
namespace {

constexpr CodePointRange default_ignorable[] = {
    {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
    {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFF8}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

}  // namespace

bool is_default_ignorable(std::uint32_t code_point) { return contains(default_ignorable, code_point); }

bool is_unsafe_to_show(std::uint32_t code_point) {
  const bool is_private = (code_point >= 0xE000 && code_point <= 0xF8FF) || code_point > 0xE0FFF;
  const bool is_noncharacter = code_point == 0xFFFE || code_point == 0xFFFF;
  return is_control(code_point) || is_private || is_noncharacter || is_default_ignorable(code_point);
}

}  // namespace bearproof::text
