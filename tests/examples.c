// SPDX-License-Identifier: MIT
// The examples do what their trailing comments say. One that names a server ("// server: NAME") is run against it, on
// the port that it prints. They are built by the Makefile, once.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/cases.h"
#include "support/test.h"

typedef struct Server {
    pid_t pid;
    FILE *output;
    int port;
} Server;

// Starts a server that prints "… 127.0.0.1:PORT" as its first line.
static bool start_server(Server *server, const char *name)
{
    int ends[2];
    char path[1024];
    snprintf(path, sizeof path, "%s/examples/%s", build_folder(), name);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    server->pid = fork();
    if (server->pid == 0) {
        dup2(ends[1], 1);
        execl(path, path, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    server->output = fdopen(ends[0], "r");
    char line[256] = "";
    if (!fgets(line, sizeof line, server->output) || sscanf(line, "listening on 127.0.0.1:%d", &server->port) != 1) {
        test_failed(path, 0, "prints \"%s\" instead of its port", line);
        return false;
    }
    return true;
}

static void stop_server(Server *server)
{
    kill(server->pid, SIGKILL);
    waitpid(server->pid, NULL, 0);
    fclose(server->output);
}

static void run_example(const Case *one, const char *name, int port, const char *expected, int status)
{
    Command run = { 0 };
    command_add(&run, "%s/examples/%s", build_folder(), name);
    if (port)
        command_add(&run, "%d", port);
    Output output = program_run(&run, 30);
    if (output.status != status || strcmp(output.text, expected) != 0)
        test_failed(one->path, 0, "%s: status %d, expected %d; prints\n%.2000s\nexpected\n%.2000s", command_text(&run),
                    output.status, status, output.text, expected);
    output_free(&output);
    command_free(&run);
}

static void check_example(const Case *one)
{
    int count;
    char *text = read_whole_file(one->path, NULL);
    char *expected = case_lines(text, "expect", &count);
    const char *option = case_option(text, "server");
    char server_name[128] = "";
    if (option)
        snprintf(server_name, sizeof server_name, "%s", option);
    option = case_option(text, "exit");
    int status = option ? atoi(option) : 0;
    Server server = { 0 };
    if (count > 0 && !option && server_name[0]) {
        if (start_server(&server, server_name)) {
            run_example(one, one->name, server.port, expected, status);
            stop_server(&server);
        }
    } else if (count > 0) {
        run_example(one, one->name, 0, expected, status);
    }
    free(expected);
    free(text);
}

static void examples_print_what_they_say(void)
{
    cases_run("examples", ".aco", 60, 7, check_example);
    cases_run("examples", ".c", 60, 2, check_example);
}

// The echo client's lines come back from the server of callbacks as well.
static void the_protocol_server_echoes_too(void)
{
    Server server = { 0 };
    Case client = { .path = "examples/08_echo_client.aco" };
    if (!start_server(&server, "09_echo_protocol"))
        return;
    run_example(&client, "08_echo_client", server.port,
                "send: Hello World!\nreceived: Hello World!\nsend: How are you?\nreceived: How are you?\nclosed\n", 0);
    char line[128] = "";
    CHECK(fgets(line, sizeof line, server.output) != NULL);
    CHECK_TEXT(line, "26 bytes\n");
    stop_server(&server);
}

static void the_demo_shows_a_conversation(void)
{
    Command demo = { 0 };
    command_add_words(&demo, "sh examples/demo.sh");
    command_add(&demo, "%s/examples", build_folder());
    Output output = command_run(&demo, 60);
    CHECK_INT(output.status, 0);
    CHECK(strstr(output.text, "client | received: Goodbye.\n") != NULL);
    CHECK(strstr(output.text, "server | client 1 sent Hello World!\n") != NULL);
    output_free(&output);
}

// Each block of C in a page is text of some example, so that no page shows what does not work.
static void check_quotations(const char *page, const char *const *names, int count)
{
    char *text = read_whole_file(page, NULL), *sources[16], *block = text;
    for (int i = 0; i < count; i++)
        sources[i] = read_whole_file(test_format("examples/%s", names[i]), NULL);
    while (block && (block = strstr(block, "```c\n"))) {
        block += 5;
        char *end = strstr(block, "```");
        *end = 0;
        bool found = false;
        for (int i = 0; i < count; i++)
            found |= sources[i] && strstr(sources[i], block);
        if (!found)
            test_failed(page, 0, "shows what is in no example:\n%.300s", block);
        block = end + 3;
    }
    CHECK(text != NULL);
    for (int i = 0; i < count; i++)
        free(sources[i]);
    free(text);
}

static void pages_quote_examples(void)
{
    static const char *const names[] = { "01_hello.aco", "02_tasks.aco", "03_errors.aco", "04_cleanup.aco",
                                         "07_echo_server.aco", "08_echo_client.aco", "13_from_plain_c.h",
                                         "13_from_plain_c.c" };
    check_quotations("README.md", names, 8);
    check_quotations("docs/tutorial.md", names, 8);
}

const Test examples_tests[] = {
    TEST(examples_print_what_they_say),
    TEST(the_protocol_server_echoes_too),
    TEST(the_demo_shows_a_conversation),
    TEST(pages_quote_examples),
    TEST_END,
};
