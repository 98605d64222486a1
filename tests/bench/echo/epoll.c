// SPDX-License-Identifier: MIT
/* Floor: hand-written level-triggered epoll echo server, one thread, one shared buffer.
 * With a second argument it never blocks (spins in epoll_wait), which shows what waking a sleeping core costs.
 * usage: epoll PORT [spin] */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#define BUF 16384
typedef struct { int fd; size_t len, off; char *pend; } conn;
static int ep;
static void drop(conn *c) { close(c->fd); free(c->pend); free(c); }
static void arm(conn *c, unsigned e) { struct epoll_event ev = { .events = e, .data.ptr = c }; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &ev); }
int main(int argc, char **argv) {
    int one = 1, ls = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(ls, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argc > 1 ? argv[1] : "7000")), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    if (bind(ls, (void *)&a, sizeof a) || listen(ls, 4096)) { perror("listen"); return 1; }
    ep = epoll_create1(0);
    struct epoll_event e = { .events = EPOLLIN, .data.ptr = NULL };
    epoll_ctl(ep, EPOLL_CTL_ADD, ls, &e);
    printf("READY\n"); fflush(stdout);
    static char buf[BUF]; struct epoll_event ev[512];
    for (;;) {
        int k = epoll_wait(ep, ev, 512, argc > 2 ? 0 : -1);
        for (int i = 0; i < k; i++) {
            conn *c = ev[i].data.ptr;
            if (!c) {
                int fd;
                while ((fd = accept4(ls, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    conn *n = calloc(1, sizeof *n); n->fd = fd;
                    struct epoll_event ne = { .events = EPOLLIN, .data.ptr = n };
                    epoll_ctl(ep, EPOLL_CTL_ADD, fd, &ne);
                }
                continue;
            }
            if (c->len) {                                   /* finish an earlier short write first */
                ssize_t w = send(c->fd, c->pend + c->off, c->len, MSG_NOSIGNAL);
                if (w < 0) { if (errno == EAGAIN) continue; drop(c); continue; }
                c->off += (size_t)w; c->len -= (size_t)w;
                if (!c->len) arm(c, EPOLLIN);
                continue;
            }
            ssize_t r = recv(c->fd, buf, BUF, 0);
            if (r <= 0) { if (r < 0 && errno == EAGAIN) continue; drop(c); continue; }
            ssize_t w = send(c->fd, buf, (size_t)r, MSG_NOSIGNAL);
            if (w < 0) { if (errno != EAGAIN) { drop(c); continue; } w = 0; }
            if (w < r) {
                if (!c->pend) c->pend = malloc(BUF);
                c->off = 0; c->len = (size_t)(r - w); memcpy(c->pend, buf + w, c->len);
                arm(c, EPOLLOUT);
            }
        }
    }
}
