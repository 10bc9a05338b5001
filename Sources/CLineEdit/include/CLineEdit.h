/// A thin C face over libedit: one line at a time from a terminal, with a history and completion.
#ifndef TRAVERSION_CLINEEDIT_H
#define TRAVERSION_CLINEEDIT_H

#include <stddef.h>
#include <stdint.h>

typedef struct traversion_editor traversion_editor;

/// What may be inserted at the cursor: writes at most `capacity` bytes to `insertion` and returns their count. It may
/// print what there is to choose from, and then says so by a negative number.
typedef int32_t (*traversion_completion)(
    void *context, const char *line, size_t byte_count, size_t cursor, char *insertion, size_t capacity);

enum {
    traversion_edit_line = 0,
    traversion_edit_end,
    /// The line was given up with Control-C.
    traversion_edit_interrupted,
};

/// NULL when there is no terminal to edit in.
traversion_editor *traversion_edit_open(const char *name, traversion_completion completion, void *context);
void traversion_edit_close(traversion_editor *editor);

/// Reads a line. `line` stays valid until the next call, and has no line feed at its end.
int32_t traversion_edit_read(traversion_editor *editor, const char *prompt, const char **line, size_t *byte_count);

/// Adds an entry to the history.
void traversion_edit_remember(traversion_editor *editor, const char *entry);
/// Both return 0 when all is well.
int32_t traversion_edit_load(traversion_editor *editor, const char *path);
int32_t traversion_edit_save(traversion_editor *editor, const char *path);

#endif
