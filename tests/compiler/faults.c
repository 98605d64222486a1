// SPDX-License-Identifier: MIT
// What the machine and other programs do to a run: signals, preprocessors that hang or write anything, files that change
// or cannot be written, no memory, no descriptors, no processes. A run ends with an error that has a name, and without
// the output: no half of it, no temporary file, no process stays behind, and an earlier output is as it was.
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/cases.h"
#include "support/program.h"
#include "support/test.h"

static const char program[] = "#include <acoc.h>\nasync int f(int x) { return x; }\nasync int g(int x) { return yield from f(x); }\n";
static const char old_output[] = "what was there before\n";

// ---- a folder with x.aco, x.c from an earlier run, compiler.sh

static const char *make_folder(const char *name, const char *text)
{
    static char folder[600]; // many texts are made below
    snprintf(folder, sizeof folder, "%s", work_folder(name, text));
    REQUIRE(write_whole_file(test_format("%s/x.c", folder), old_output, strlen(old_output)));
    return folder;
}

// A compiler that does what the script says.
static void make_compiler(const char *folder, const char *script)
{
    const char *path = test_format("%s/compiler.sh", folder), *text = test_format("#!/bin/sh\n%s", script);
    REQUIRE(write_whole_file(path, text, strlen(text)));
    REQUIRE(!chmod(path, 0755));
}

// The earlier output, and nothing that a run began to write beside it.
static void check_left_alone(const char *folder, const char *what)
{
    char *text = read_whole_file(test_format("%s/x.c", folder), NULL);
    if (!text || strcmp(text, old_output))
        test_failed(__FILE__, __LINE__, "%s: x.c is '%.200s'", what, text ? text : "gone");
    free(text);
    Command list = {.folder = folder};
    command_add_words(&list, "ls -a");
    Output output = command_run(&list, 10);
    if (strstr(output.text, "x.c."))
        test_failed(__FILE__, __LINE__, "%s: a part of the output is left in\n%s", what, output.text);
    output_free(&output);
}

// Runs a script in which $acoc is the compiler under test.
static Output run_shell(const char *folder, const char *script)
{
    Command shell = {.folder = folder};
    command_add_words(&shell, "sh -c");
    command_add(&shell, "acoc=%s/acoc; %s", build_folder(), script);
    return command_run(&shell, 100);
}

static void check_shell(const char *folder, const char *script, const char *message)
{
    Output output = run_shell(folder, script);
    if (!strstr(output.text, message))
        test_failed(__FILE__, __LINE__, "%s: '%s' is missing in\n%.2000s", script, message, output.text);
    output_free(&output);
}

// For limits of memory, and whatever else the sanitizers' own needs do not fit in.
static bool is_sanitized(void)
{
    return sanitizer_flags()[0] != '\0';
}

// ---- signals

// As an interactive shell starts it, whoever started the tests: what runs in the background has signals ignored.
static void set_signals(int ignored)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], numbers[i] == ignored ? SIG_IGN : SIG_DFL);
}

static pid_t start_acoc(const char *folder, const char *words, int ignored)
{
    Command command = {0};
    command_acoc(&command);
    command_add_words(&command, words);
    fflush(NULL);
    pid_t pid = fork();
    if (pid) {
        command_free(&command);
        return pid;
    }
    set_signals(ignored);
    if (!chdir(folder))
        execv(command.words[0], command.words);
    _exit(126);
}

// Its exit status, or 128 + the signal that ended it, as a shell tells it.
static int await_end(pid_t pid)
{
    int status = 0;
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void wait_a_moment(long milliseconds)
{
    nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000}, NULL);
}

// What has ended may stay for a while as an entry that nobody waited for.
static bool is_running(int pid)
{
    char *text = read_whole_file(test_format("/proc/%d/stat", pid), NULL), *state = text ? strrchr(text, ')') : NULL;
    bool running = state && state[2] != 'Z' && state[2] != 'X';
    free(text);
    return running;
}

// The processes that compiler.sh wrote into pids, once there are two.
static void read_pids(const char *folder, int pids[2])
{
    for (int tries = 0; tries < 2000; tries++) {
        char *text = read_whole_file(test_format("%s/pids", folder), NULL);
        bool complete = text && sscanf(text, "%d %d end", &pids[0], &pids[1]) == 2 && strstr(text, "end");
        free(text);
        if (complete)
            return;
        wait_a_moment(10);
    }
    test_failed(__FILE__, __LINE__, "the preprocessor was not started");
    test_give_up();
}

static void check_gone(const int pids[2], const char *what)
{
    for (int tries = 0; tries < 300 && (is_running(pids[0]) || is_running(pids[1])); tries++)
        wait_a_moment(10);
    if (is_running(pids[0]) || is_running(pids[1]))
        test_failed(__FILE__, __LINE__, "%s: the preprocessor still runs", what);
}

// One that runs something and waits for it, as a driver does.
#define HANGING "sleep 100 & echo $$ $! end >pids; wait\n"

static void a_signal_ends_acoc_and_its_preprocessor(void)
{
    static const struct { int number; const char *script; } rows[] = {
        {SIGINT, HANGING}, {SIGTERM, HANGING}, {SIGHUP, HANGING}, {SIGQUIT, HANGING},
        {SIGTERM, "trap '' TERM\n" HANGING "while :; do sleep 1; done\n"},
    };
    const char *folder = make_folder("interrupted", program);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int pids[2] = {0};
        make_compiler(folder, rows[i].script);
        remove(test_format("%s/pids", folder));
        pid_t pid = start_acoc(folder, "--cc=./compiler.sh x.aco -o x.c", 0);
        read_pids(folder, pids);
        kill(pid, rows[i].number);
        CHECK_INT(await_end(pid), 128 + rows[i].number);
        check_gone(pids, strsignal(rows[i].number));
        check_left_alone(folder, strsignal(rows[i].number));
    }
}

// `nohup acoc …` goes on when the terminal is closed.
static void an_ignored_signal_stays_ignored(void)
{
    int pids[2];
    const char *folder = make_folder("ignored", program);
    make_compiler(folder, "echo $$ $$ end >pids; sleep 0.3; exec cc \"$@\"\n");
    remove(test_format("%s/pids", folder));
    pid_t pid = start_acoc(folder, "--cc=./compiler.sh x.aco -o y.c", SIGHUP);
    read_pids(folder, pids);
    kill(pid, SIGHUP);
    CHECK_INT(await_end(pid), 0);
}

// Whoever starts acoc may have no interest in its own children.
static void a_parent_that_ignores_children_changes_nothing(void)
{
    const char *folder = make_folder("ignored", program);
    CHECK_INT(await_end(start_acoc(folder, "x.aco -o y.c", SIGCHLD)), 0);
}

// A large program and an end at any time: before, while and after the output is written.
static void an_interrupt_leaves_no_half_output(void)
{
    enum { LINES = 20000, ROUNDS = 40 };
    static const char line[] = "int f(int, int[8], const char *);\n";
    char *text = malloc(sizeof line * LINES);
    for (size_t i = 0; i < LINES; i++)
        memcpy(text + i * (sizeof line - 1), line, sizeof line);
    const char *folder = make_folder("half", text);
    for (int i = 0; i < ROUNDS; i++) {
        pid_t pid = start_acoc(folder, "-w x.aco -o x.c", 0);
        wait_a_moment(i * 5);
        kill(pid, SIGTERM);
        int status = await_end(pid);
        char *written = read_whole_file(test_format("%s/x.c", folder), NULL);
        CHECK(status == 0 || status == 128 + SIGTERM);
        CHECK(written && (!strcmp(written, text) || (!strcmp(written, old_output) && status)));
        free(written);
        REQUIRE(write_whole_file(test_format("%s/x.c", folder), old_output, strlen(old_output)));
        check_left_alone(folder, "interrupted");
    }
    free(text);
}

// Writing into a pipe may take for ever; ^C still works.
static void a_pipe_that_nobody_reads_can_be_interrupted(void)
{
    const char *folder = make_folder("waiting", program);
    remove(test_format("%s/fifo", folder));
    REQUIRE(!mkfifo(test_format("%s/fifo", folder), 0600));
    pid_t pid = start_acoc(folder, "x.aco -o fifo", 0);
    wait_a_moment(500);
    kill(pid, SIGINT);
    CHECK_INT(await_end(pid), 128 + SIGINT);
}

// ---- the preprocessor

static void a_preprocessor_that_hangs_is_stopped(void)
{
    int pids[2];
    const char *folder = make_folder("hanging", program);
    make_compiler(folder, HANGING);
    remove(test_format("%s/pids", folder));
    check_acoc(folder, 1, "--cc=./compiler.sh --preprocessor-limit=1 x.aco -o x.c",
               "the preprocessor './compiler.sh' did not end within 1 seconds, the limit (--preprocessor-limit=SECONDS, 0 for none)");
    read_pids(folder, pids);
    check_gone(pids, "hanging");
    check_left_alone(folder, "hanging");
    make_compiler(folder, "exec cc \"$@\"\n");
    check_acoc(folder, 0, "--cc=./compiler.sh --preprocessor-limit=0 x.aco -o y.c", "");
}

static void whatever_a_preprocessor_does_is_no_output(void)
{
    static const struct { const char *script, *message; } rows[] = {
        {"kill -9 $$", "acoc: error: the preprocessor './compiler.sh' was ended by signal 9 (Killed)"},
        {"exit 3", "acoc: error: the preprocessor './compiler.sh' failed with status 3"},
        {"exit 0", "does not define the compiler's own macros"},
        {"exec >&-; exit 0", "does not define the compiler's own macros"},
        {"head -c 100000 /dev/urandom", "error: "},
        {"head -c 100000 /dev/zero", "error: "},
        {"cc \"$@\"; head -c 1000 /dev/urandom", "error: "},
        {"yes 'int a;'", "x.aco: error: the preprocessed text is bigger than 512 MiB, acoc's limit"},
        {"trap '' XFSZ; yes 'int a;'", "x.aco: error: the preprocessed text is bigger than 512 MiB, acoc's limit"},
        // a wrapper that does not look how the compiler fared
        {"cc \"$@\" | sed '/async int g/,$d'", "acoc: error: the preprocessor './compiler.sh' did not hand on the whole of 'x.aco'"},
        {"cc \"$@\" | sed '$d'", "acoc: error: the preprocessor './compiler.sh' did not hand on the whole of 'x.aco'"},
    };
    const char *folder = make_folder("wild", program);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        make_compiler(folder, rows[i].script);
        check_acoc(folder, 1, "--cc=./compiler.sh x.aco -o x.c", rows[i].message);
        check_left_alone(folder, rows[i].script);
    }
    make_compiler(folder, "exit 3");
    check_acoc(folder, 1, "--cc=./compiler.sh --diagnostics=json x.aco",
               "{\"severity\":\"error\",\"message\":\"the preprocessor './compiler.sh' failed with status 3\"}");
}

// Messages in another language would not be known as such with --diagnostics=json.
static void the_preprocessor_speaks_english(void)
{
    const char *folder = make_folder("language", program);
    make_compiler(folder, "echo \"x.aco:1:1: error: in $LANGUAGE\" >&2; exit 1");
    check_shell(folder, "LANGUAGE=de LC_ALL=C.UTF-8 $acoc --cc=./compiler.sh --diagnostics=json x.aco", "\"message\":\"in C\"");
}

// acoc reads the file, and so does the preprocessor: of two texts nothing can be made.
static void an_input_that_changes_is_named(void)
{
    static const char *const scripts[] = {
        "echo 'int more;' >>x.aco; exec cc \"$@\"",
        "cc \"$@\"; echo 'int more;' >>x.aco",
        "head -n 1 x.aco >y; cat y >x.aco; exec cc \"$@\"",
        ": >x.aco; exec cc \"$@\"",
        "sed s/x/y/g x.aco >y; mv y x.aco; exec cc \"$@\"",
        // as long as before, and of the same time
        "cp -p x.aco y; sed s/x/y/g y >x.aco; touch -r y x.aco; exec cc \"$@\"",
        // something else only for as long as the preprocessor reads
        "cp -p x.aco y; echo 'int more;' >>x.aco; cc \"$@\"; cat y >x.aco",
        "cc \"$@\"; rm x.aco",
        "rm x.aco; exec cc \"$@\"",
        "rm x.aco; mkfifo x.aco; cc -E -dM -x c /dev/null",
    };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        const char *folder = make_folder("changing", program);
        make_compiler(folder, scripts[i]);
        check_acoc(folder, 1, "--cc=./compiler.sh x.aco -o x.c", "acoc: error: 'x.aco' changed while it was read; try again");
        check_left_alone(folder, scripts[i]);
        remove(test_format("%s/x.aco", folder)); // a FIFO in the end
    }
}

// ---- outputs

static void a_full_disk_and_a_closed_pipe_are_named(void)
{
    enum { BIG = 100000 };
    char *text = malloc(BIG + 2);
    memset(text, ';', BIG);
    memcpy(text + BIG, "\n", 2);
    const char *folder = make_folder("disk", text);
    free(text);
    check_acoc(folder, 1, "x.aco -w -o /dev/full", "acoc: error: cannot write '/dev/full': No space left on device");
    check_acoc(folder, 1, "x.aco -w -o x.c -MD -MF /dev/full", "acoc: error: cannot write '/dev/full': No space left on device");
    check_shell(folder, "$acoc -w x.aco >/dev/full; echo status $?",
                "acoc: error: cannot write 'standard output': No space left on device");
    check_shell(folder, "$acoc --help >/dev/full; echo status $?", "status 1");
    check_shell(folder, "{ sleep 0.2; $acoc -w x.aco; echo status $? >&2; } | true", "cannot write 'standard output': Broken pipe");
    // of blocks of 512 bytes; the preprocessor writes into memory, which counts too
    check_shell(folder, "ulimit -f 2000; echo 'int a;' >y.aco; $acoc y.aco -o y.c && echo fits", "fits");
    check_shell(folder, "ulimit -f 1000; $acoc -w --emit=ast x.aco -o x.c", "acoc: error: cannot write 'x.c': File too large");
    // gcc's own words come before
    check_shell(folder, "ulimit -f 1; $acoc -w x.aco -o x.c; echo status $?",
                "acoc: error: the preprocessor 'cc' failed with status 4\nstatus 1");
    check_left_alone(folder, "a full disk");
}

static void outputs_of_other_kinds_are_written_as_they_are(void)
{
    const char *folder = make_folder("kinds", "int x;\n");
    check_shell(folder, "rm -f f; mkfifo f; cat f & $acoc x.aco -o f; wait; test -p f && echo a pipe", "int x;\na pipe");
    check_shell(folder, "echo before >y; $acoc x.aco -o /dev/stdout >>y; cat y", "before\nint x;\n");
    // a file without a name, as some programs have for what they start
    check_shell(folder, "{ rm y; $acoc x.aco -o /dev/fd/7; cat /dev/fd/7; ls -l /dev/fd/7; } 7>y", "int x;\n");
    check_shell(folder, "$acoc x.aco -o -dash.c && cat ./-dash.c", "int x;\n");
    check_shell(folder, "$acoc x.aco -o /dev/null && test -c /dev/null && echo a device", "a device");
    check_shell(folder, "echo old >real; rm -f link; ln -s real link; $acoc x.aco -o link; test -L link && cat real", "int x;\n");
    check_shell(folder, "rm -f real; $acoc x.aco -o link; test -L link && cat real", "int x;\n");
    check_shell(folder, "mkdir -p deep; ln -sf ../link deep/two; rm -f real; $acoc x.aco -o deep/two; test -L link && cat real", "int x;\n");
    check_shell(folder, "rm -f a b; ln -s b a; ln -s a b; $acoc x.aco -o a; test -L a && echo a link",
                "acoc: error: cannot write 'a': Too many levels of symbolic links\na link");
    check_shell(folder, "rm -f real; umask 027; $acoc x.aco -o real; ls -l real", "-rw-r-----");
    check_shell(folder, "rm -f real; echo >real; chmod 755 real; $acoc x.aco -o real; ls -l real", "-rwxr-xr-x");
    check_shell(folder, "rm -f y.aco; ln x.aco y.aco; $acoc x.aco -o y.aco", "acoc: error: 'x.aco' is input and output at once");
    check_shell(folder, "rm -f y.aco; ln -s x.aco y.aco; $acoc y.aco -o x.aco", "acoc: error: 'y.aco' is input and output at once");
}

static void names_may_be_as_long_as_the_system_takes(void)
{
    const char *folder = make_folder("long", "int x;\n");
    check_shell(folder, "n=$(printf %250s | tr ' ' n); cp x.aco $n.aco; $acoc $n.aco -o $n.c && $acoc $n.aco -o $n.c && cat $n.c; rm $n.*",
                "int x;\n");
    check_shell(folder, "n=$(printf %300s | tr ' ' n); $acoc $n", "File name too long");
    check_shell(folder, "n=$(printf %300s | tr ' ' n); $acoc x.aco -o $n", "File name too long");
    check_shell(folder, "n=$(printf %5000s | tr ' ' /); $acoc x.aco -o x.c$n", "File name too long");
    check_left_alone(folder, "long names");
}

// For root nothing is read-only; without its capabilities root is a user like others.
#define UNPRIVILEGED "user=; [ $(id -u) = 0 ] && user='setpriv --bounding-set=-all --inh-caps=-all'; "

static void what_may_not_be_read_or_written_is_named(void)
{
    const char *folder = make_folder("permissions", "int x;\n");
    check_shell(folder, "chmod -R u+rwx .; rm -rf closed; mkdir closed; echo old >closed/x.c; echo old >closed/rule; chmod 555 closed", "");
    check_shell(folder, UNPRIVILEGED "$user $acoc x.aco -o closed/y.c", "acoc: error: cannot write 'closed/y.c': Permission denied");
    check_shell(folder, UNPRIVILEGED "$user $acoc x.aco -o closed/x.c; cat closed/x.c",
                "acoc: error: cannot write 'closed/x.c': Permission denied\nold\n");
    check_shell(folder, UNPRIVILEGED "$user $acoc x.aco -o x.c -MD -MF closed/rule; cat closed/rule",
                "acoc: error: cannot write 'closed/rule': Permission denied\nold\n");
    check_shell(folder, UNPRIVILEGED "chmod 444 x.c; $user $acoc x.aco -o x.c; chmod 644 x.c",
                "acoc: error: cannot write 'x.c': Permission denied");
    check_shell(folder, UNPRIVILEGED "chmod 000 x.aco; $user $acoc x.aco -o x.c; chmod 644 x.aco",
                "acoc: error: cannot read 'x.aco': Permission denied");
    check_left_alone(folder, "permissions");
    check_shell(folder, "chmod 755 closed", "");
}

static void an_input_has_a_size(void)
{
    const char *folder = make_folder("sizes", "");
    check_shell(folder, "$acoc x.aco -o y.c && wc -c <y.c", "0\n");
    check_shell(folder, "truncate -s 600M big.aco; $acoc big.aco -o x.c; rm big.aco",
                "acoc: error: cannot read 'big.aco': it is bigger than 512 MiB, acoc's limit");
    check_left_alone(folder, "a big input");
}

// ---- what a process may have

static void closed_standard_files_change_nothing(void)
{
    const char *folder = make_folder("closed", "int x;\nint y = missing;\n");
    check_shell(folder, "echo 'int x;' >y.aco; $acoc y.aco <&-", "int x;\n");
    check_shell(folder, "$acoc y.aco -o y.c <&- >&- && cat y.c", "int x;\n");
    check_shell(folder, "$acoc y.aco -o y.c <&- >&- 2>&- && cat y.c", "int x;\n");
    check_shell(folder, "$acoc y.aco >&-; echo status $?", "cannot write 'standard output': Bad file descriptor\nstatus 1");
    check_shell(folder, "$acoc y.aco 2>&-", "int x;\n");
    check_shell(folder, "$acoc x.aco -o x.c <&- 2>&-; echo status $?", "status 1");
    check_left_alone(folder, "closed files");
}

// There is room for nothing, or for so little that the preprocessor fails; never for half of an output.
static void too_few_descriptors_are_named(void)
{
    const char *folder = make_folder("descriptors", program);
    for (int most = 4; most < 12; most++) {
        Output output = run_shell(folder, test_format("ulimit -n %d; $acoc --diagnostics=json x.aco -o y.c", most));
        CHECK(output.status == 0 || (output.status == 1 && strstr(output.text, "\"severity\":\"error\"")));
        output_free(&output);
    }
    if (!is_sanitized())
        check_shell(folder, "ulimit -n 4; $acoc --diagnostics=json x.aco -o x.c", "Too many open files");
    check_left_alone(folder, "descriptors");
}

// Root may have any number of processes, so this needs another user, who may not see our folders.
static void no_more_processes_are_named(void)
{
    if (is_sanitized())
        return; // LeakSanitizer starts one
    const char *folder = make_folder("processes", "int x;\n");
    check_shell(folder,
                "here=$(mktemp -d); cp $acoc x.aco $here; chmod 755 $here; cd $here; user=; "
                "[ $(id -u) = 0 ] && user='setpriv --reuid=65534 --regid=65534 --clear-groups'; "
                "$user prlimit --nproc=1 ./acoc x.aco; rm -r $here",
                "acoc: error: cannot run 'cc': Resource temporarily unavailable");
}

static void no_temporary_folder_is_needed(void)
{
    const char *folder = make_folder("temporary", "int x;\n");
    check_shell(folder, "TMPDIR=/nowhere TMP=/nowhere TEMP=/nowhere $acoc x.aco", "int x;\n");
    check_shell(folder, "unset TMPDIR; env -i PATH=\"$PATH\" $acoc x.aco", "int x;\n");
}

// At each limit there is an error with a name, acoc's or the preprocessor's, or the whole output.
static void too_little_memory_is_named(void)
{
    enum { COROUTINES = 2000, FIRST = 5000, STEP = 7000, MOST = 1000000 }; // KiB
    static const char line[] = "async int g(int n) { int a[4] = {n}; n += yield from f(a[1]); return a[0] + n; }\n";
    if (is_sanitized())
        return;
    char *text = malloc((sizeof line + 8) * COROUTINES + sizeof program), *at = stpcpy(text, program);
    for (int i = 0; i < COROUTINES; i++)
        at += sprintf(at, "async int g%d%s", i, line + strlen("async int g"));
    const char *folder = make_folder("memory", text);
    free(text);
    check_acoc(folder, 0, "x.aco -o whole.c", "");
    bool fits = false;
    for (int most = FIRST; !fits && most < MOST; most += STEP) {
        Output output = run_shell(folder, test_format("ulimit -v %d; $acoc x.aco -o x.c", most));
        fits = !output.status;
        if (!fits && (output.status != 1 || (!strstr(output.text, "rror") && !strstr(output.text, "memory"))))
            test_failed(__FILE__, __LINE__, "%d KiB: status %d\n%.1000s", most, output.status, output.text);
        if (fits)
            check_shell(folder, "cmp x.c whole.c && echo same", "same");
        else
            check_left_alone(folder, test_format("%d KiB", most));
        REQUIRE(write_whole_file(test_format("%s/x.c", folder), old_output, strlen(old_output)));
        output_free(&output);
    }
}

// A hundred megabytes of preprocessed text from a few bytes.
static void a_bomb_in_a_small_memory_is_named(void)
{
    if (is_sanitized())
        return;
    const char *folder = make_folder("bomb", program);
    make_compiler(folder, "cc \"$@\"; yes 'int a;' | head -c 100000000\n");
    check_shell(folder, "ulimit -v 600000; $acoc --cc=./compiler.sh x.aco -o x.c", "acoc: error: out of memory");
    check_acoc(folder, 1, "--cc=./compiler.sh --memory-limit=500 x.aco -o x.c", "this needs more than 500 MiB of memory");
    check_left_alone(folder, "a bomb");
}

const Test faults_tests[] = {
    TEST(a_signal_ends_acoc_and_its_preprocessor),
    TEST(an_ignored_signal_stays_ignored),
    TEST(a_parent_that_ignores_children_changes_nothing),
    TEST(an_interrupt_leaves_no_half_output),
    TEST(a_pipe_that_nobody_reads_can_be_interrupted),
    TEST(a_preprocessor_that_hangs_is_stopped),
    TEST(whatever_a_preprocessor_does_is_no_output),
    TEST(the_preprocessor_speaks_english),
    TEST(an_input_that_changes_is_named),
    TEST(a_full_disk_and_a_closed_pipe_are_named),
    TEST(outputs_of_other_kinds_are_written_as_they_are),
    TEST(names_may_be_as_long_as_the_system_takes),
    TEST(what_may_not_be_read_or_written_is_named),
    TEST(an_input_has_a_size),
    TEST(closed_standard_files_change_nothing),
    TEST(too_few_descriptors_are_named),
    TEST(no_more_processes_are_named),
    TEST(no_temporary_folder_is_needed),
    TEST(too_little_memory_is_named),
    TEST(a_bomb_in_a_small_memory_is_named),
    TEST_END,
};
