/// Calls that the Glibc module hides from Swift.
#ifndef TRAVERSION_CLINUX_H
#define TRAVERSION_CLINUX_H

/// The value of `errno` after a failed call, read in C so that nothing comes between.
int traversion_errno(void);

/// Keeps as many bytes that were freed for the next allocation in place of giving them back to the system.
void traversion_keep_freed(int byteCount);

#endif
