#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""http_server.py LOG - mirrors, good and bad, on 127.0.0.1.

Prints its port, and ends when its standard input does, or after two minutes.
The first folder of a path says how the file is sent. Each request is a line
of LOG: the path and the range asked for.
"""
import gzip
import http.server
import signal
import sys
import threading
import time

FILES = {
    # Level 0 keeps it large enough to be interrupted.
    "million.gz": gzip.compress(b"a" * 10**6, 0),
    "letters.gz": gzip.compress(b"abc"),
}
PAGE = b"<!DOCTYPE html><html><body>Sign in, please</body></html>"


class Mirror(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked = self.headers.get("Range", "-")
        log.write(f"{self.path} {asked}\n")
        log.flush()
        _, how, name = self.path.split("/")
        try:
            getattr(self, "send_" + how)(FILES[name], asked)
        except OSError:
            pass  # the other side has heard enough

    def head(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def send_good(self, data, asked):
        if asked == "-":
            return self.send_whole(data, asked)
        start = int(asked[len("bytes="):].rstrip("-"))
        if start >= len(data):
            return self.head(416, Content_Length=0)
        self.head(206, Content_Length=len(data) - start,
                  Content_Range=f"bytes {start}-{len(data) - 1}/{len(data)}")
        self.wfile.write(data[start:])

    def send_whole(self, data, asked):
        self.head(200, Content_Length=len(data))
        self.wfile.write(data)

    def send_moved(self, data, asked):
        self.head(302, Content_Length=0,
                  Location=self.path.replace("moved", "good"))

    def send_missing(self, data, asked):
        self.head(404, Content_Length=len(PAGE))
        self.wfile.write(PAGE)

    def send_page(self, data, asked):
        self.send_whole(PAGE, asked)

    def send_wrong(self, data, asked):
        self.send_whole(gzip.compress(gzip.decompress(data)[:-1] + b"?"), asked)

    def send_damaged(self, data, asked):
        self.send_whole(data[:-8] + b"12345678", asked)

    def send_short(self, data, asked):
        self.head(200, Content_Length=len(data))
        self.wfile.write(data[:len(data) // 2])

    def send_stalled(self, data, asked):
        self.send_short(data, asked)
        time.sleep(5)

    def send_slow(self, data, asked):
        self.head(200, Content_Length=len(data))
        for start in range(0, len(data), 1 << 16):
            self.wfile.write(data[start:start + (1 << 16)])
            time.sleep(0.05)

    def send_endless(self, data, asked):
        self.head(200)
        while True:
            self.wfile.write(bytes(1 << 16))

    def log_message(self, *args):
        pass


def end_with_stdin(server):
    sys.stdin.read()
    server.shutdown()


signal.alarm(120)
log = open(sys.argv[1], "a")
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
server.daemon_threads = True
server.block_on_close = False
threading.Thread(target=end_with_stdin, args=[server], daemon=True).start()
print(server.server_port, flush=True)
server.serve_forever()
