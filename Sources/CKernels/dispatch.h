/// Compiles a function for several instruction sets and picks the best one when the program starts.
#ifndef TRAVERSION_DISPATCH_H
#define TRAVERSION_DISPATCH_H

#if defined(__x86_64__) && defined(__linux__)
#define TRAVERSION_DISPATCH __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define TRAVERSION_DISPATCH
#endif

#endif
