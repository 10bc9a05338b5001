#include "CLinux.h"

#include <errno.h>

int traversion_errno(void) { return errno; }
