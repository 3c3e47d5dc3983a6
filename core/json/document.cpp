#include "bearproof/json/document.h"
