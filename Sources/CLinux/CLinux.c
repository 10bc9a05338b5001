#include "CLinux.h"

#include <errno.h>
#include <malloc.h>

int traversion_errno(void) { return errno; }

void traversion_keep_freed(int byteCount) {
#ifdef M_TRIM_THRESHOLD
    mallopt(M_TRIM_THRESHOLD, byteCount);
    mallopt(M_MMAP_THRESHOLD, byteCount / 2);
    mallopt(M_TOP_PAD, 1 << 20);
#endif
}
