//! The public listener over a real socket: what phones and CDNs depend on, and what must not come out.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test's own set-up may fail loudly")]

use std::collections::BTreeMap;
use tekportd::{plain_http, public};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

const ZIP: &str = "/exports/local/mag/1790000000-1790014400-00001.zip";
const INDEX: &str = "/exports/local/mag/index.txt";

struct Served {
    address: std::net::SocketAddr,
    folder: tempfile::TempDir,
    stop: CancellationToken,
    serving: tokio::task::JoinHandle<()>,
}

struct Answer {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

impl Served {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let prefix = folder.path().join("exports/mag");
        std::fs::create_dir_all(&prefix).unwrap();
        std::fs::write(prefix.join("1790000000-1790014400-00001.zip"), b"0123456789").unwrap();
        std::fs::write(prefix.join("1790000000-1790014400-00001.zip#1"), b"half").unwrap();
        std::fs::write(prefix.join("index.txt"), b"mag/1790000000-1790014400-00001.zip\n").unwrap();
        std::fs::write(prefix.join(".hidden"), b"hidden").unwrap();
        std::fs::write(folder.path().join("root.key"), b"secret").unwrap();
        std::fs::write(folder.path().join("index.txt"), b"secret").unwrap();
        let router = public::router(vec![("local".to_owned(), folder.path().join("exports"))]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let serving = tokio::spawn(plain_http::serve(listener, router, stop.clone()));
        Self { address, folder, stop, serving }
    }

    async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: phones\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        self.send(format!("{request}\r\n").as_bytes()).await
    }

    async fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let (head, body) = (String::from_utf8(bytes[..end].to_vec()).unwrap(), bytes[end + 4..].to_vec());
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": "));
        Answer { status, headers: headers.map(|(n, v)| (n.to_ascii_lowercase(), v.to_owned())).collect(), body }
    }
}

#[tokio::test]
async fn a_zip_comes_whole_with_what_caches_need() {
    let served = Served::new().await;
    let answer = served.ask("GET", ZIP, &[]).await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"0123456789"[..]));
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(answer.header("accept-ranges"), "bytes");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let etag = answer.header("etag");
    assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 2, "a strong ETag: {etag}");
    assert!(answer.header("last-modified").ends_with(" GMT"));
}

#[tokio::test]
async fn an_index_is_plain_ascii_text_that_is_cached_for_minutes() {
    let served = Served::new().await;
    let answer = served.ask("GET", INDEX, &[]).await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"mag/1790000000-1790014400-00001.zip\n"[..]));
    assert_eq!(answer.header("content-type"), "text/plain; charset=us-ascii");
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
}

#[tokio::test]
async fn head_answers_like_get_without_the_body() {
    let served = Served::new().await;
    let (get, head) = (served.ask("GET", ZIP, &[]).await, served.ask("HEAD", ZIP, &[]).await);
    assert_eq!((head.status, head.body.len()), (200, 0));
    for name in ["content-length", "etag", "content-type", "cache-control", "last-modified"] {
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let served = Served::new().await;
    let first = served.ask("GET", INDEX, &[]).await;
    let (etag, modified) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    for (name, value) in [
        ("If-None-Match", etag.as_str()),
        ("If-None-Match", "*"),
        ("If-None-Match", &format!("\"other\", W/{etag}")),
        ("If-Modified-Since", &modified),
    ] {
        let answer = served.ask("GET", INDEX, &[(name, value)]).await;
        assert_eq!((answer.status, answer.body.len()), (304, 0), "{name}: {value}");
        assert_eq!(answer.header("etag"), etag);
        assert_eq!(answer.header("cache-control"), "public, max-age=300");
    }
    std::fs::write(served.folder.path().join("exports/mag/index.txt"), b"mag/another.zip\n").unwrap();
    let changed = served.ask("GET", INDEX, &[("If-None-Match", &etag)]).await;
    assert_eq!((changed.status, changed.body.as_slice()), (200, &b"mag/another.zip\n"[..]));
    assert_ne!(changed.header("etag"), etag);
}

#[tokio::test]
async fn an_interrupted_download_goes_on_where_it_stopped() {
    let served = Served::new().await;
    let etag = served.ask("GET", ZIP, &[]).await.header("etag").to_owned();
    for (range, expected, content_range) in [
        ("bytes=0-3", &b"0123"[..], "bytes 0-3/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
    ] {
        let part = served.ask("GET", ZIP, &[("Range", range)]).await;
        assert_eq!((part.status, part.body.as_slice()), (206, expected), "{range}");
        assert_eq!(part.header("content-range"), content_range);
        assert_eq!(part.header("etag"), etag);
    }
    assert_eq!(served.ask("GET", ZIP, &[("Range", "bytes=10-")]).await.status, 416);
}

#[tokio::test]
async fn a_part_is_never_mixed_with_another_version_of_the_file() {
    let served = Served::new().await;
    let old = [("Range", "bytes=4-"), ("If-Range", "\"an older version\"")];
    let answer = served.ask("GET", ZIP, &old).await;
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"0123456789"[..]));
    let failed = served.ask("GET", ZIP, &[("Range", "bytes=4-"), ("If-Match", "\"an older version\"")]).await;
    assert_eq!((failed.status, failed.body.len()), (412, 0));
}

#[tokio::test]
async fn nothing_but_export_files_comes_out() {
    let served = Served::new().await;
    for path in [
        "/",
        "/exports",
        "/exports/",
        "/exports/local",
        "/exports/local/",
        "/exports/local/mag",
        "/exports/local/mag/",
        "/exports/local/mag/.hidden",
        "/exports/local/mag/1790000000-1790014400-00001.zip%231",
        "/exports/local/mag/1790000000-1790014400-00009.zip",
        "/exports/other/mag/index.txt",
        "/exports/local/../root.key",
        "/exports/local/../index.txt",
        "/exports/local/..%2findex.txt",
        "/exports/local/%2e%2e/index.txt",
        "/exports/local/mag/..%2f..%2f..%2findex.txt",
        "/exports/local//index.txt",
        "/exports/local/mag/%00",
        "/exports/local/mag/index.txt%00.zip",
        "/admin/v1/status",
        "/admin/v1/openapi.json",
        "/metrics",
        "/healthz",
    ] {
        let answer = served.ask("GET", path, &[]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!String::from_utf8_lossy(&answer.body).contains("secret"), "{path}");
    }
    let missing = served.ask("GET", "/exports/local/mag/1790000000-1790014400-00009.zip", &[]).await;
    assert_eq!(missing.header("cache-control"), "no-store", "a cache must not hide a file that comes later");
}

#[tokio::test]
async fn nobody_can_write_and_nonsense_is_answered() {
    let served = Served::new().await;
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        assert_eq!(served.ask(method, ZIP, &[("Content-Length", "0")]).await.status, 405, "{method}");
    }
    assert_eq!(served.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").await.status, 400);
    let huge = format!("GET {ZIP} HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(40_000));
    assert_eq!(served.send(huge.as_bytes()).await.status, 431);
    let read = std::fs::read(served.folder.path().join("exports/mag/1790000000-1790014400-00001.zip")).unwrap();
    assert_eq!(read, b"0123456789");
}

#[tokio::test]
async fn stopping_finishes_the_request_under_way_and_closes_idle_connections() {
    let served = Served::new().await;
    let mut idle = TcpStream::connect(served.address).await.unwrap();
    let mut half = TcpStream::connect(served.address).await.unwrap();
    // One answered request each, so that both connections are known to be served before the stop.
    for stream in [&mut idle, &mut half] {
        stream.write_all(format!("GET {ZIP} HTTP/1.1\r\nHost: phones\r\n\r\n").as_bytes()).await.unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
    }
    served.stop.cancel();
    served.serving.await.unwrap();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).await.unwrap();
    assert!(rest.ends_with(b"0123456789"));
    assert!(TcpStream::connect(served.address).await.is_err(), "nobody listens any more");
}
