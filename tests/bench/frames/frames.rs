// SPDX-License-Identifier: MIT
// The futures of the benchmark coroutines as Rust makes them. What they wait for is one word or two, as a reactor's
// futures are; a future holds those that it awaits inside of it, so `chain` has to box the next one.
use std::future::Future;
use std::hint::black_box;
use std::mem::size_of_val;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::task::{Context, Poll};

static ENDED: AtomicI64 = AtomicI64::new(0);

struct Sleep(f64, bool);
impl Future for Sleep {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.1 { return Poll::Ready(()); }
        self.1 = true;
        Poll::Pending
    }
}
struct Reader { most: usize }
struct Writer { left: usize }
struct Read<'a>(&'a mut Reader, usize);
impl<'a> Future for Read<'a> {
    type Output = (*const u8, usize);
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> { Poll::Ready((std::ptr::null(), self.0.most)) }
}
struct Drain<'a>(&'a mut Writer);
impl<'a> Future for Drain<'a> {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0.left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}

async fn inner(i: u64) -> u64 { i & 255 }
async fn outer(count: u64) -> u64 {
    let mut sum = 0;
    for i in 0..count { sum += inner(i).await; }
    sum
}
async fn body(count: u64) {
    for _ in 0..count { Sleep(0.0, false).await; }
}
fn boxed(depth: i32, count: u64) -> Pin<Box<dyn Future<Output = ()>>> { Box::pin(chain(depth, count)) }
async fn chain(depth: i32, count: u64) {
    if depth > 1 {
        boxed(depth - 1, count).await;
    } else {
        for _ in 0..count { Sleep(0.0, false).await; }
    }
}
struct AtEnd;
impl Drop for AtEnd {
    fn drop(&mut self) { ENDED.fetch_add(1, Ordering::Relaxed); }
}
async fn sleeper(seconds: f64) {
    let _guard = AtEnd;
    Sleep(seconds, false).await;
}
async fn handle(reader: &mut Reader, writer: &mut Writer, _arg: *const u8) {
    loop {
        let data = Read(reader, 16384).await;
        if data.1 == 0 { break; }
        writer.left = black_box(data.1);
        Drain(writer).await;
    }
}

fn main() {
    let (mut reader, mut writer) = (Reader { most: 0 }, Writer { left: 0 });
    println!("inner {}", size_of_val(&inner(1)));
    println!("outer {}", size_of_val(&outer(1)));
    println!("body {}", size_of_val(&body(1)));
    println!("chain {}", size_of_val(&chain(1, 1)));
    println!("sleeper {}", size_of_val(&sleeper(1.0)));
    println!("handle {}", size_of_val(&handle(&mut reader, &mut writer, std::ptr::null())));
}
