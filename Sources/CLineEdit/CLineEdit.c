#include "CLineEdit.h"

#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct traversion_editor {
    EditLine *edit;
    History *history;
    const char *prompt;
    traversion_completion completion;
    void *context;
    int is_interrupted;
};

static traversion_editor *editor_of(EditLine *edit) {
    void *data = NULL;
    el_get(edit, EL_CLIENTDATA, &data);
    return data;
}

static char *prompt_of(EditLine *edit) { return (char *)editor_of(edit)->prompt; }

static unsigned char complete(EditLine *edit, int key) {
    (void)key;
    traversion_editor *editor = editor_of(edit);
    const LineInfo *info = el_line(edit);
    char insertion[1024];
    int32_t count = editor->completion(
        editor->context, info->buffer, (size_t)(info->lastchar - info->buffer), (size_t)(info->cursor - info->buffer),
        insertion, sizeof insertion - 1);
    if (count < 0) return CC_REDISPLAY;
    if (count == 0) return CC_REFRESH_BEEP;
    insertion[count] = 0;
    return el_insertstr(edit, insertion) == -1 ? CC_ERROR : CC_REFRESH;
}

static unsigned char give_up(EditLine *edit, int key) {
    (void)key;
    editor_of(edit)->is_interrupted = 1;
    return CC_NEWLINE;
}

traversion_editor *traversion_edit_open(const char *name, traversion_completion completion, void *context) {
    traversion_editor *editor = calloc(1, sizeof *editor);
    if (!editor) return NULL;
    editor->completion = completion;
    editor->context = context;
    editor->prompt = "";
    editor->edit = el_init(name, stdin, stdout, stderr);
    editor->history = history_init();
    if (!editor->edit || !editor->history) {
        traversion_edit_close(editor);
        return NULL;
    }
    HistEvent event;
    history(editor->history, &event, H_SETSIZE, 2000);
    history(editor->history, &event, H_SETUNIQUE, 1);
    el_set(editor->edit, EL_CLIENTDATA, editor);
    el_set(editor->edit, EL_PROMPT, prompt_of);
    el_set(editor->edit, EL_EDITOR, "emacs");
    el_set(editor->edit, EL_HIST, history, editor->history);
    el_set(editor->edit, EL_ADDFN, "traversion-complete", "completes the word", complete);
    el_set(editor->edit, EL_BIND, "^I", "traversion-complete", NULL);
    // While a line is edited Control-C is a key like others; while a question runs it is a signal.
    el_set(editor->edit, EL_ADDFN, "traversion-give-up", "gives the line up", give_up);
    el_set(editor->edit, EL_SETTY, "-d", "-isig", NULL);
    el_set(editor->edit, EL_BIND, "^C", "traversion-give-up", NULL);
    el_set(editor->edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    return editor;
}

void traversion_edit_close(traversion_editor *editor) {
    if (editor->edit) el_end(editor->edit);
    if (editor->history) history_end(editor->history);
    free(editor);
}

int32_t traversion_edit_read(
    traversion_editor *editor, const char *prompt, const char **line, size_t *byte_count
) {
    editor->prompt = prompt;
    editor->is_interrupted = 0;
    int count = 0;
    const char *text = el_gets(editor->edit, &count);
    if (editor->is_interrupted) return traversion_edit_interrupted;
    if (!text || count <= 0) return traversion_edit_end;
    *line = text;
    *byte_count = (size_t)count - (text[count - 1] == '\n');
    return traversion_edit_line;
}

void traversion_edit_remember(traversion_editor *editor, const char *entry) {
    HistEvent event;
    history(editor->history, &event, H_ENTER, entry);
}

int32_t traversion_edit_load(traversion_editor *editor, const char *path) {
    HistEvent event;
    return history(editor->history, &event, H_LOAD, path) < 0;
}

int32_t traversion_edit_save(traversion_editor *editor, const char *path) {
    HistEvent event;
    return history(editor->history, &event, H_SAVE, path) < 0;
}
