// SPDX-License-Identifier: MIT
// A program of usual size that uses GLib and OpenSSL: it fetches pages over TLS, notes their headers and digests, and
// writes a report. The benchmark translates and compiles it; nobody runs it.
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

typedef struct Url {
    char *host, *port, *path;
} Url;

typedef struct Page {
    Url url;
    int status;
    GHashTable *headers; // name in lower case -> value
    GByteArray *body;
    char *digest;        // of the body, in hexadecimal
    char *subject, *issuer;
    gint64 started, ended;
} Page;

typedef struct Mirror {
    SSL_CTX *context;
    GPtrArray *pages;
    GHashTable *seen;    // addresses
    GQueue waiting;
    guint limit;
    gboolean verbose;
    char *ca_file, *report;
} Mirror;

// ------------------------------------------------------------------------------------------------- addresses

static void url_clear(Url *url)
{
    g_clear_pointer(&url->host, g_free);
    g_clear_pointer(&url->port, g_free);
    g_clear_pointer(&url->path, g_free);
}

static gboolean url_parse(Url *url, const char *text, GError **error)
{
    static const char scheme[] = "https://";
    if (!g_str_has_prefix(text, scheme)) {
        g_set_error(error, G_CONVERT_ERROR, G_CONVERT_ERROR_BAD_URI, "'%s' does not begin with %s", text, scheme);
        return FALSE;
    }
    text += strlen(scheme);
    const char *path = strchr(text, '/');
    g_autofree char *authority = path ? g_strndup(text, (gsize)(path - text)) : g_strdup(text);
    char *colon = strchr(authority, ':');
    url->port = g_strdup(colon ? colon + 1 : "443");
    if (colon)
        *colon = '\0';
    url->host = g_steal_pointer(&authority);
    url->path = g_strdup(path ? path : "/");
    return TRUE;
}

static int connect_to(const Url *url, GError **error)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_family = AF_UNSPEC}, *found = NULL;
    int problem = getaddrinfo(url->host, url->port, &hints, &found), descriptor = -1;
    if (problem) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", url->host, gai_strerror(problem));
        return -1;
    }
    for (struct addrinfo *at = found; at && descriptor < 0; at = at->ai_next) {
        descriptor = socket(at->ai_family, at->ai_socktype, at->ai_protocol);
        if (descriptor >= 0 && connect(descriptor, at->ai_addr, at->ai_addrlen) < 0) {
            close(descriptor);
            descriptor = -1;
        }
    }
    freeaddrinfo(found);
    if (descriptor < 0)
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", url->host, g_strerror(errno));
    return descriptor;
}

// ------------------------------------------------------------------------------------------------------- TLS

static void set_tls_error(GError **error, const char *what)
{
    char text[256];
    unsigned long code = ERR_get_error();
    ERR_error_string_n(code, text, sizeof text);
    g_set_error(error, G_IO_CHANNEL_ERROR, G_IO_CHANNEL_ERROR_FAILED, "%s: %s", what, code ? text : "no reason given");
    ERR_clear_error();
}

static SSL_CTX *make_context(const char *ca_file, GError **error)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    if (!context) {
        set_tls_error(error, "SSL_CTX_new");
        return NULL;
    }
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_mode(context, SSL_MODE_AUTO_RETRY);
    int good = ca_file ? SSL_CTX_load_verify_locations(context, ca_file, NULL) : SSL_CTX_set_default_verify_paths(context);
    if (!good) {
        set_tls_error(error, "the authorities");
        SSL_CTX_free(context);
        return NULL;
    }
    return context;
}

static SSL *open_session(SSL_CTX *context, const Url *url, int descriptor, GError **error)
{
    SSL *session = SSL_new(context);
    X509_VERIFY_PARAM *parameters = SSL_get0_param(session);
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (!X509_VERIFY_PARAM_set1_host(parameters, url->host, 0) || !SSL_set_tlsext_host_name(session, url->host) ||
        !SSL_set_fd(session, descriptor) || SSL_connect(session) <= 0) {
        long verified = SSL_get_verify_result(session);
        if (verified != X509_V_OK)
            g_set_error(error, G_IO_CHANNEL_ERROR, G_IO_CHANNEL_ERROR_FAILED, "%s: %s", url->host,
                        X509_verify_cert_error_string(verified));
        else
            set_tls_error(error, url->host);
        SSL_free(session);
        return NULL;
    }
    return session;
}

static char *name_text(const X509_NAME *name)
{
    BIO *memory = BIO_new(BIO_s_mem());
    char *text = NULL;
    X509_NAME_print_ex(memory, name, 0, XN_FLAG_RFC2253);
    long length = BIO_get_mem_data(memory, &text);
    char *copy = g_strndup(text, (gsize)length);
    BIO_free(memory);
    return copy;
}

static void note_certificate(Page *page, SSL *session)
{
    X509 *certificate = SSL_get1_peer_certificate(session);
    if (!certificate)
        return;
    page->subject = name_text(X509_get_subject_name(certificate));
    page->issuer = name_text(X509_get_issuer_name(certificate));
    STACK_OF(X509) *chain = SSL_get_peer_cert_chain(session);
    for (int i = 0; i < sk_X509_num(chain); i++)
        g_debug("%s: certificate %d expires at %p", page->url.host, i,
                (const void *)X509_get0_notAfter(sk_X509_value(chain, i)));
    X509_free(certificate);
}

static char *digest_of(const GByteArray *bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!EVP_DigestInit_ex(context, EVP_sha256(), NULL) || !EVP_DigestUpdate(context, bytes->data, bytes->len) ||
        !EVP_DigestFinal_ex(context, digest, &length))
        length = 0;
    EVP_MD_CTX_free(context);
    GString *text = g_string_sized_new(2 * length);
    for (unsigned i = 0; i < length; i++)
        g_string_append_printf(text, "%02x", digest[i]);
    return g_string_free(text, FALSE);
}

// ------------------------------------------------------------------------------------------------------ pages

static Page *page_new(const char *address, GError **error)
{
    Page *page = g_new0(Page, 1);
    page->headers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    page->body = g_byte_array_new();
    if (url_parse(&page->url, address, error))
        return page;
    g_hash_table_unref(page->headers);
    g_byte_array_unref(page->body);
    g_free(page);
    return NULL;
}

static void page_free(gpointer data)
{
    Page *page = data;
    url_clear(&page->url);
    g_hash_table_unref(page->headers);
    g_byte_array_unref(page->body);
    g_free(page->digest);
    g_free(page->subject);
    g_free(page->issuer);
    g_free(page);
}

static gboolean read_status(Page *page, const char *line)
{
    char **words = g_strsplit(line, " ", 3);
    gboolean good = g_strv_length(words) >= 2 && g_str_has_prefix(words[0], "HTTP/1.");
    page->status = good ? (int)g_ascii_strtoll(words[1], NULL, 10) : 0;
    g_strfreev(words);
    return good && page->status >= 100;
}

static void read_header(Page *page, const char *line)
{
    const char *colon = strchr(line, ':');
    if (!colon)
        return;
    char *name = g_ascii_strdown(line, colon - line);
    char *value = g_strstrip(g_strdup(colon + 1));
    const char *earlier = g_hash_table_lookup(page->headers, name);
    if (earlier) {
        char *joined = g_strconcat(earlier, ", ", value, NULL);
        g_free(value);
        value = joined;
    }
    g_hash_table_replace(page->headers, name, value);
}

// The head ends with an empty line; what stands behind it is the body.
static gboolean split_answer(Page *page, GByteArray *answer, GError **error)
{
    const guint8 *end = memmem(answer->data, answer->len, "\r\n\r\n", 4);
    if (!end) {
        g_set_error(error, G_CONVERT_ERROR, G_CONVERT_ERROR_PARTIAL_INPUT, "%s: the head has no end", page->url.host);
        return FALSE;
    }
    gsize head = (gsize)(end - answer->data);
    g_autofree char *text = g_strndup((const char *)answer->data, head);
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    if (!lines[0] || !read_status(page, lines[0])) {
        g_set_error(error, G_CONVERT_ERROR, G_CONVERT_ERROR_FAILED, "%s: '%s' is no status", page->url.host, lines[0]);
        return FALSE;
    }
    for (guint i = 1; lines[i]; i++)
        read_header(page, lines[i]);
    g_byte_array_append(page->body, end + 4, (guint)(answer->len - head - 4));
    return TRUE;
}

static gboolean exchange(Page *page, SSL *session, GError **error)
{
    g_autofree char *request = g_strdup_printf("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAccept: */*\r\n\r\n",
                                               page->url.path, page->url.host);
    GByteArray *answer = g_byte_array_new();
    gboolean good = SSL_write(session, request, (int)strlen(request)) > 0;
    if (!good)
        set_tls_error(error, page->url.host);
    for (guint8 buffer[16384]; good;) {
        int count = SSL_read(session, buffer, sizeof buffer);
        if (count <= 0)
            break;
        g_byte_array_append(answer, buffer, (guint)count);
    }
    good = good && split_answer(page, answer, error);
    g_byte_array_unref(answer);
    return good;
}

static gboolean fetch(Mirror *mirror, Page *page, GError **error)
{
    page->started = g_get_monotonic_time();
    int descriptor = connect_to(&page->url, error);
    if (descriptor < 0)
        return FALSE;
    SSL *session = open_session(mirror->context, &page->url, descriptor, error);
    gboolean good = session && exchange(page, session, error);
    if (session) {
        note_certificate(page, session);
        SSL_shutdown(session);
        SSL_free(session);
    }
    close(descriptor);
    page->digest = digest_of(page->body);
    page->ended = g_get_monotonic_time();
    return good;
}

// ------------------------------------------------------------------------------------------- links, the report

static void follow(Mirror *mirror, const Page *page, const char *link)
{
    g_autofree char *address = *link == '/' ? g_strdup_printf("https://%s:%s%s", page->url.host, page->url.port, link)
                                            : g_strdup(link);
    if (g_hash_table_size(mirror->seen) >= mirror->limit || g_hash_table_contains(mirror->seen, address))
        return;
    g_hash_table_add(mirror->seen, g_strdup(address));
    g_queue_push_tail(&mirror->waiting, g_steal_pointer(&address));
}

static void find_links(Mirror *mirror, const Page *page)
{
    const char *type = g_hash_table_lookup(page->headers, "content-type");
    if (!type || !g_str_has_prefix(type, "text/html"))
        return;
    g_autofree char *text = g_strndup((const char *)page->body->data, page->body->len);
    g_autoptr(GRegex) pattern = g_regex_new("href=\"((?:https:/)?/[^\"#]*)", G_REGEX_CASELESS, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(pattern, text, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *link = g_match_info_fetch(match, 1);
        follow(mirror, page, link);
    }
}

static gint by_size(gconstpointer a, gconstpointer b)
{
    const Page *left = *(Page *const *)a, *right = *(Page *const *)b;
    return left->body->len < right->body->len ? 1 : left->body->len > right->body->len ? -1 : 0;
}

static void report_page(gpointer data, gpointer context)
{
    const Page *page = data;
    GHashTableIter each;
    gpointer name, value;
    GString *text = context;
    g_string_append_printf(text, "%3d %8u %s %6.1f ms https://%s%s\n", page->status, page->body->len, page->digest,
                           (double)(page->ended - page->started) / 1000, page->url.host, page->url.path);
    g_string_append_printf(text, "    %s, by %s\n", page->subject ? page->subject : "-", page->issuer ? page->issuer : "-");
    g_hash_table_iter_init(&each, page->headers);
    while (g_hash_table_iter_next(&each, &name, &value))
        g_string_append_printf(text, "    %s: %s\n", (const char *)name, (const char *)value);
}

static gboolean write_report(Mirror *mirror, GError **error)
{
    GString *text = g_string_new(NULL);
    g_ptr_array_sort(mirror->pages, by_size);
    g_ptr_array_foreach(mirror->pages, report_page, text);
    gboolean good = TRUE;
    if (mirror->report)
        good = g_file_set_contents(mirror->report, text->str, (gssize)text->len, error);
    else
        g_print("%s", text->str);
    g_string_free(text, TRUE);
    return good;
}

static void visit(Mirror *mirror, const char *address)
{
    GError *error = NULL;
    Page *page = page_new(address, &error);
    if (page && fetch(mirror, page, &error)) {
        find_links(mirror, page);
        g_ptr_array_add(mirror->pages, g_steal_pointer(&page));
    }
    if (error && mirror->verbose)
        g_printerr("%s\n", error->message);
    g_clear_error(&error);
    g_clear_pointer(&page, page_free);
}

int main(int argc, char **argv)
{
    Mirror mirror = {.limit = 100, .waiting = G_QUEUE_INIT};
    const GOptionEntry entries[] = {
        {"limit", 'n', 0, G_OPTION_ARG_INT, &mirror.limit, "Fetch at most N pages", "N"},
        {"authorities", 'a', 0, G_OPTION_ARG_FILENAME, &mirror.ca_file, "Trust these authorities", "FILE"},
        {"report", 'o', 0, G_OPTION_ARG_FILENAME, &mirror.report, "Write the report there", "FILE"},
        {"verbose", 'v', 0, G_OPTION_ARG_NONE, &mirror.verbose, "Say what goes wrong", NULL},
        {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
    };
    g_autoptr(GError) error = NULL;
    g_autoptr(GOptionContext) options = g_option_context_new("ADDRESS...");
    g_option_context_add_main_entries(options, entries, NULL);
    if (!g_option_context_parse(options, &argc, &argv, &error) ||
        !(mirror.context = make_context(mirror.ca_file, &error))) {
        g_printerr("%s\n", error->message);
        return EXIT_FAILURE;
    }
    mirror.pages = g_ptr_array_new_with_free_func(page_free);
    mirror.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 1; i < argc; i++)
        g_queue_push_tail(&mirror.waiting, g_strdup(argv[i]));
    for (char *address; (address = g_queue_pop_head(&mirror.waiting));) {
        visit(&mirror, address);
        g_free(address);
    }
    gboolean good = write_report(&mirror, &error);
    if (!good)
        g_printerr("%s\n", error->message);
    g_ptr_array_unref(mirror.pages);
    g_hash_table_unref(mirror.seen);
    SSL_CTX_free(mirror.context);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
