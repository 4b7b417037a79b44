/* SPDX-License-Identifier: MIT
 * `sockgrade report DB --gradebook NAME[=FILE]`: from the database to the marks of a gradebook. */
#include "cli/gradebook.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "class/gradebook.h"
#include "cli/asked.h"
#include "cli/output.h"

/* What is read of the class, and who owns it. */
struct book {
    struct sg_store *store;
    struct sg_mark *marks;
    struct sg_store_person **people; /* of each mark */
    size_t count;
};

static const struct sg_gradebook_format *format_of(const char *word, const char **ret_file)
{
    sg_autofree char *name = sg_asked_name(word, ret_file);
    return sg_gradebook_find(name);
}

int sg_gradebook_check(struct sg_call *call)
{
    const struct sg_repeated *books = &call->options.gradebooks;
    for (size_t i = 0; i < books->count; i++) {
        const char *file;
        if (!format_of(books->items[i], &file)) {
            sg_autobytes struct sg_bytes names = {0};
            for (const struct sg_gradebook_format *f = sg_gradebook_formats; f->name; f++)
                sg_bytes_printf(&names, "%s%s", names.length ? ", " : "", f->name);
            return sg_refuse_word(call, books->words[i], "unknown gradebook '%.*s' (one of: %s)",
                                  (int)strcspn(books->items[i], "="), books->items[i],
                                  sg_bytes_text(&names));
        }
        int refused = sg_asked_file(call, books->words[i], file);
        if (refused)
            return refused;
    }
    return 0;
}

/* Members as the gradebook wants them; their texts stay the people's. */
static struct sg_member *members_of(const struct sg_store_person *people, size_t count)
{
    struct sg_member *members = sg_alloc((count + 1) * sizeof *members);
    for (size_t i = 0; i < count; i++)
        members[i] =
            (struct sg_member){people[i].id, people[i].name, people[i].email, people[i].login};
    return members;
}

static int add_mark(void *state, const struct sg_store_row *row, struct sg_error *err)
{
    struct book *book = state;
    size_t count = 0;
    sg_autobytes struct sg_bytes comment = {0};
    book->marks = sg_realloc_array(book->marks, book->count + 1, sizeof *book->marks);
    book->people =
        sg_realloc_array(book->people, book->count + 1, sizeof(struct sg_store_person *));
    struct sg_store_person **people = &book->people[book->count];
    int failed = sg_store_people(book->store, row->id, people, &count, err);
    book->marks[book->count++] = (struct sg_mark){
        .submission = sg_strdup(row->id),
        .members = members_of(*people, count),
        .member_count = count,
        .graded = row->state == SG_STORE_GRADED,
        .points = row->points,
        .max_points = row->max_points,
    };
    if (failed)
        return -1;
    if (row->reason)
        sg_bytes_add_text(&comment, row->reason);
    else if (sg_store_failures(book->store, row->id, &comment, err) < 0)
        return -1;
    book->marks[book->count - 1].comment = sg_bytes_take_text(&comment);
    return 0;
}

static void book_done(struct book *book)
{
    for (size_t i = 0; i < book->count; i++) {
        free((char *)book->marks[i].submission);
        free((struct sg_member *)book->marks[i].members);
        free((char *)book->marks[i].comment);
        sg_store_people_done(book->people[i], book->marks[i].member_count);
    }
    free(book->marks);
    free(book->people);
}

static int write_book(struct sg_call *call, size_t index, const struct book *book,
                      const struct sg_store_run *run)
{
    const char *file;
    struct sg_error err = {0};
    sg_autobytes struct sg_bytes text = {0};
    const struct sg_gradebook_format *format =
        format_of(call->options.gradebooks.items[index], &file);
    const struct sg_gradebook gradebook = {
        .assignment = run->title,
        .ids_of_system = run->layout && strcmp(run->layout, format->name) == 0,
        .marks = book->marks,
        .count = book->count,
    };
    if (strcmp(format->name, "moodle") == 0 && !gradebook.ids_of_system)
        return sg_refuse_word(
            call, call->options.gradebooks.words[index],
            "Moodle takes marks by the participants' numbers in its own download, "
            "and this class was read as '%s'",
            run->layout ? run->layout : "");
    format->write(&gradebook, &text);
    if (!file)
        return sg_print(sg_bytes_slice(&text));
    if (sg_file_write(file, sg_bytes_slice(&text), &err) == 0)
        return 0;
    return sg_print_error_at(call, call->options.gradebooks.words[index], &err);
}

int sg_gradebook_write(struct sg_call *call, struct sg_store *store, const struct sg_store_run *run)
{
    const struct sg_repeated *wanted = &call->options.submissions;
    struct book book = {.store = store};
    struct sg_error err = {0};
    int status = 0;
    if (sg_store_each(store, wanted->items, wanted->count, add_mark, &book, &err) < 0)
        status = sg_print_error(&err);
    for (size_t i = 0; i < call->options.gradebooks.count && !status; i++)
        status = write_book(call, i, &book, run);
    book_done(&book);
    return status;
}
