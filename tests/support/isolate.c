// SPDX-License-Identifier: MIT
// A job is a fork in a process group of its own that writes what failed to a pipe; the runner polls all pipes, and kills the group of
// a job whose time is over. What a child prints on standard output and error is kept with the report when it fails.
#include "isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

enum { JOBS_MAX = 16 };

typedef struct Child {
    IsolatedJob *job;   // NULL: the place is free
    pid_t pid;
    int pipe;
    double deadline;
    char *text;
    size_t size;
} Child;

static int report_pipe = -1;

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool isolate_is_inside(void)
{
    return report_pipe >= 0;
}

void isolate_report(const char *message)
{
    dprintf(report_pipe, "%s\n", message);
}

static void append(Child *child, const char *text, size_t size)
{
    if (child->size + size > 200000)
        return;
    child->text = realloc(child->text, child->size + size + 1);
    memcpy(child->text + child->size, text, size);
    child->size += size;
    child->text[child->size] = 0;
}

static void start(Child *child, IsolatedJob *job)
{
    int ends[2];
    if (pipe(ends) != 0) {
        perror("pipe");
        exit(1);
    }
    fflush(NULL);
    *child = (Child){ .job = job, .pipe = ends[0], .deadline = seconds_now() + job->seconds };
    child->pid = fork();
    if (child->pid == 0) {
        setpgid(0, 0);
        alarm((unsigned)job->seconds + 10); // should the runner itself be killed, nothing runs on for ever
        close(ends[0]);
        report_pipe = fcntl(ends[1], F_DUPFD_CLOEXEC, 100);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[1]);
        test_begin();
        job->function(job->argument);
        fflush(NULL);
        exit(test_has_failed() ? ISOLATE_FAILED : 0);
    }
    setpgid(child->pid, child->pid);
    close(ends[1]);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
}

static void finish(Child *child, bool timed_out)
{
    int status = 0;
    IsolatedJob *job = child->job;
    if (timed_out)
        kill(-child->pid, SIGKILL);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        ;
    kill(-child->pid, SIGKILL); // what it left behind
    close(child->pipe);
    char line[200] = "";
    if (timed_out)
        snprintf(line, sizeof line, "%s: no end within %d seconds", job->name, job->seconds);
    else if (WIFSIGNALED(status))
        snprintf(line, sizeof line, "%s: ended by signal %d (%s)", job->name, WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != ISOLATE_FAILED)
        snprintf(line, sizeof line, "%s: exit status %d", job->name, WEXITSTATUS(status));
    append(child, line, strlen(line));
    job->passed = !timed_out && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    job->report = child->text;
    if (job->passed) {
        free(job->report);
        job->report = NULL;
    }
    child->job = NULL;
}

// Reads what there is; false when the child has closed its end.
static bool receive(Child *child)
{
    char buffer[4096];
    ssize_t size = read(child->pipe, buffer, sizeof buffer);
    if (size > 0)
        append(child, buffer, (size_t)size);
    return size > 0 || (size < 0 && errno == EINTR);
}

static void wait_for_some(Child *children, int places)
{
    struct pollfd polls[JOBS_MAX];
    double first = seconds_now() + 3600;
    for (int i = 0; i < places; i++) {
        polls[i] = (struct pollfd){ .fd = children[i].job ? children[i].pipe : -1, .events = POLLIN };
        if (children[i].job && children[i].deadline < first)
            first = children[i].deadline;
    }
    double left = first - seconds_now();
    poll(polls, (nfds_t)places, left < 0 ? 0 : (int)(left * 1000) + 1);
    for (int i = 0; i < places; i++) {
        if (!children[i].job)
            continue;
        if (polls[i].revents && !receive(&children[i]))
            finish(&children[i], false);
        else if (seconds_now() > children[i].deadline)
            finish(&children[i], true);
    }
}

void isolate_run(IsolatedJob *jobs, size_t count)
{
    const char *wanted = getenv("ACOC_TEST_JOBS");
    long places = wanted ? atol(wanted) : sysconf(_SC_NPROCESSORS_ONLN);
    places = places < 1 ? 1 : places > JOBS_MAX ? JOBS_MAX : places;
    Child children[JOBS_MAX] = { 0 };
    size_t next = 0, running = 0;
    while (next < count || running > 0) {
        for (int i = 0; i < places && next < count; i++)
            if (!children[i].job)
                start(&children[i], &jobs[next++]);
        wait_for_some(children, (int)places);
        running = 0;
        for (int i = 0; i < places; i++)
            running += children[i].job != NULL;
    }
}
