/// Calls that the Glibc module hides from Swift.
#ifndef TRAVERSION_CLINUX_H
#define TRAVERSION_CLINUX_H

/// The value of `errno` after a failed call, read in C so that nothing comes between.
int traversion_errno(void);

#endif
