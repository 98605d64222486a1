// SPDX-License-Identifier: MIT
/* Closed-loop TCP echo load generator (one thread, epoll).
 * usage: loadgen PORT CONNS SIZE DEPTH SECONDS [SERVER_PID]
 * Keeps DEPTH messages of SIZE bytes outstanding on each of CONNS connections to 127.0.0.1:PORT,
 * checks the first bytes echoed on every connection, and prints one RESULT line.
 * The latency of a message runs from the send() that carried it to the recv() that completed it. */
#define _GNU_SOURCE
#include "hist.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
    int fd, want_out;
    uint64_t rx, tx_pending;          /* bytes received; bytes queued but not yet sent */
    uint64_t tx_off;                  /* stream offset of next byte to send, mod SIZE */
    uint64_t checked;
    unsigned head, tail;              /* ring of send times */
    uint64_t *t;
} conn;

static char *msgs; static size_t size, depth; static int ep; static unsigned mask;
static void die(const char *m) { perror(m); exit(1); }

static void flush_tx(conn *c) {
    while (c->tx_pending) {
        ssize_t k = send(c->fd, msgs + c->tx_off, c->tx_pending, MSG_NOSIGNAL);
        if (k < 0) { if (errno == EAGAIN) break; if (errno == EINTR) continue; die("send"); }
        c->tx_pending -= (uint64_t)k;
        c->tx_off = (c->tx_off + (uint64_t)k) % size;
    }
    int want = c->tx_pending != 0;
    if (want != c->want_out) {
        struct epoll_event e = { .events = EPOLLIN | (want ? EPOLLOUT : 0), .data.ptr = c };
        if (epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e)) die("epoll_ctl");
        c->want_out = want;
    }
}
static void queue(conn *c, unsigned k, uint64_t t) {
    for (unsigned i = 0; i < k; i++) c->t[c->head++ & mask] = t;
    c->tx_pending += (uint64_t)k * size;
    flush_tx(c);
}

int main(int argc, char **argv) {
    if (argc < 6) { fprintf(stderr, "usage: loadgen PORT CONNS SIZE DEPTH SECONDS [SERVER_PID]\n"); return 2; }
    int port = atoi(argv[1]), n = atoi(argv[2]);
    size = strtoul(argv[3], 0, 10); depth = strtoul(argv[4], 0, 10);
    double secs = atof(argv[5]); int pid = argc > 6 ? atoi(argv[6]) : 0;
    unsigned ring = 1; while (ring < depth) ring <<= 1;
    mask = ring - 1;
    /* two windows of messages, so a send may start anywhere in the first message */
    size_t total = size * (depth + 1);
    msgs = malloc(total);
    for (size_t i = 0; i < total; i++) msgs[i] = (char)((i % size) * 131 + 7);
    size_t rbuf_n = 1 << 18; char *rbuf = malloc(rbuf_n);
    conn *cs = calloc((size_t)n, sizeof *cs);
    ep = epoll_create1(0);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    for (int i = 0; i < n; i++) {
        conn *c = &cs[i];
        c->fd = socket(AF_INET, SOCK_STREAM, 0);
        if (c->fd < 0) die("socket");
        if (connect(c->fd, (void *)&a, sizeof a)) die("connect");
        int one = 1; setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        fcntl(c->fd, F_SETFL, O_NONBLOCK);
        c->t = calloc(ring, sizeof *c->t);
        struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
        if (epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e)) die("epoll_ctl");
    }
    hist *h = calloc(1, sizeof *h);
    uint64_t t0 = now_ns(), warm_end = t0 + 500000000ull, end = warm_end + (uint64_t)(secs * 1e9);
    uint64_t hard_end = end + 10000000000ull;
    for (int i = 0; i < n; i++) queue(&cs[i], (unsigned)depth, now_ns());
    int measuring = 0; int64_t w0 = 0, w1 = 0, w2 = 0, ws = 0; uint64_t m0 = 0, srv0 = 0, gen0 = 0, done = 0, last = 0, idle = 0;
    struct epoll_event ev[512];
    for (;;) {
        int k = epoll_wait(ep, ev, 512, 1000);
        uint64_t t = now_ns();
        if (k < 0) { if (errno == EINTR) continue; die("epoll_wait"); }
        if (k == 0 && ++idle >= 5) { fprintf(stderr, "loadgen: stalled\n"); return 1; }
        if (k) idle = 0;
        if (!measuring && t >= warm_end) {
            measuring = 1; m0 = t; done = 0; memset(h, 0, sizeof *h);
            srv0 = pid_sched(pid, &ws); gen0 = pid_sched(getpid(), &w0);
        }
        if ((measuring && t >= end) || t > hard_end) { last = t; break; }
        for (int i = 0; i < k; i++) {
            conn *c = ev[i].data.ptr;
            if (ev[i].events & EPOLLOUT) flush_tx(c);
            if (!(ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) continue;
            ssize_t r = recv(c->fd, rbuf, rbuf_n, 0);
            if (r < 0) { if (errno == EAGAIN || errno == EINTR) continue; die("recv"); }
            if (r == 0) { fprintf(stderr, "loadgen: server closed a connection\n"); return 1; }
            if (c->checked < 4 * size || c->checked < 4096) {
                for (ssize_t j = 0; j < r; j++)
                    if (rbuf[j] != msgs[(c->rx + (uint64_t)j) % size]) { fprintf(stderr, "loadgen: wrong echo\n"); return 1; }
                c->checked += (uint64_t)r;
            }
            uint64_t before = c->rx / size; c->rx += (uint64_t)r;
            unsigned got = (unsigned)(c->rx / size - before);
            if (got) {
                uint64_t tr = now_ns();
                for (unsigned j = 0; j < got; j++) hist_add(h, tr - c->t[c->tail++ & mask]);
                done += got;
                queue(c, got, tr);
            }
        }
    }
    uint64_t srv1 = pid_sched(pid, &w1), gen1 = pid_sched(getpid(), &w2);
    double dt = (double)(last - m0) / 1e9;
    printf("RESULT rps=%.0f p50_us=%.1f p99_us=%.1f mb_s=%.1f srv_cpu=%.2f gen_cpu=%.2f srv_us_per_req=%.3f wait=%.3f\n",
           (double)done / dt, hist_q(h, .5) / 1e3, hist_q(h, .99) / 1e3, (double)done * (double)size / dt / 1e6,
           (double)(srv1 - srv0) / 1e9 / dt, (double)(gen1 - gen0) / 1e9 / dt,
           done ? (double)(srv1 - srv0) / 1e3 / (double)done : 0, wait_share(w1 - ws, dt) + wait_share(w2 - w0, dt));
    return 0;
}
