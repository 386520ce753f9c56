//! Memory for one call.
//!
//! The host makes an instance a call and throws it away after it, so most of what a rule allocates need never be found
//! again: a call's first part of memory is handed out from a line, and only what goes beyond it is managed. An author who
//! wants another allocator leaves out the feature `allocator`.
#![allow(unsafe_code, reason = "an allocator is unsafe by its trait")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::{Cell, UnsafeCell};

/// Bytes of a guest's line: more than the largest role with a long history and its card take. What churns in memory goes on
/// in [`System`].
#[cfg(target_arch = "wasm32")]
const GUEST: usize = 512 << 10;
/// What every place in the line may be aligned to at most.
const ALIGN: usize = 16;

/// Hands out a line of memory from its beginning to its end; of what is given back only the last piece is used again.
struct Memory<const LINE: usize> {
    line: Line<LINE>,
    /// Offset of the first free byte.
    next: Cell<usize>,
}

#[repr(C, align(16))]
struct Line<const LINE: usize>(UnsafeCell<[u8; LINE]>);

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: Memory<GUEST> = Memory::new();

// SAFETY: a guest has one thread, the host links nothing that could start another.
#[cfg(target_arch = "wasm32")]
unsafe impl Sync for Memory<GUEST> {}

impl<const LINE: usize> Memory<LINE> {
    const fn new() -> Self {
        Self { line: Line(UnsafeCell::new([0; LINE])), next: Cell::new(0) }
    }

    fn base(&self) -> *mut u8 {
        self.line.0.get().cast()
    }

    /// Where in the line a place is; none where it is [`System`]'s.
    fn offset(&self, place: *mut u8) -> Option<usize> {
        let offset = place.addr().wrapping_sub(self.base().addr());
        (offset < LINE).then_some(offset)
    }
}

// SAFETY: pieces of the line are disjoint: each begins at or after the end of all that are in use, because `next` goes back
// only to the beginning of the last one, when that is given back. They are as aligned as asked, since the line is aligned
// to ALIGN and whoever asks for more gets it from System, as does whoever asks for more than is left.
unsafe impl<const LINE: usize> GlobalAlloc for Memory<LINE> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let start = (self.next.get() + layout.align() - 1) & !(layout.align() - 1);
        if layout.align() <= ALIGN && start <= LINE && layout.size() <= LINE - start {
            self.next.set(start + layout.size());
            // SAFETY: start is within the line.
            unsafe { self.base().add(start) }
        } else {
            // SAFETY: as the caller promises.
            unsafe { System.alloc(layout) }
        }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        match self.offset(place) {
            Some(offset) if offset + layout.size() == self.next.get() => self.next.set(offset),
            Some(_) => {}
            // SAFETY: it is not of the line, so System gave it.
            None => unsafe { System.dealloc(place, layout) },
        }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let Some(offset) = self.offset(place) else {
            // SAFETY: it is not of the line, so System gave it.
            return unsafe { System.realloc(place, layout, size) };
        };
        if offset + layout.size() == self.next.get() && size <= LINE - offset {
            self.next.set(offset + size);
            return place;
        }
        if size <= layout.size() {
            return place;
        }
        // SAFETY: the caller promises that size, rounded up to the alignment, is no overflow.
        let wider = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        // SAFETY: a new piece never overlaps one in use, and both have the bytes of the old one.
        unsafe {
            let new = self.alloc(wider);
            if !new.is_null() {
                new.copy_from_nonoverlapping(place, layout.size());
            }
            new
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: usize = 4 << 10;

    fn layout(size: usize, align: usize) -> Layout {
        Layout::from_size_align(size, align).unwrap()
    }

    #[test]
    fn pieces_follow_each_other_as_they_are_aligned_and_the_last_is_used_again() {
        let memory = Memory::<LINE>::new();
        // SAFETY: every place is given back once, with the layout that it has.
        unsafe {
            let first = memory.alloc(layout(3, 1));
            let second = memory.alloc(layout(8, 8));
            assert_eq!((memory.offset(first), memory.offset(second)), (Some(0), Some(8)));
            memory.dealloc(first, layout(3, 1));
            assert_eq!(memory.next.get(), 16, "the first is not the last");
            memory.dealloc(second, layout(8, 8));
            assert_eq!(memory.offset(memory.alloc(layout(4, 4))), Some(8));
        }
    }

    #[test]
    fn the_last_piece_grows_where_it_is_and_others_move_with_what_is_in_them() {
        let memory = Memory::<LINE>::new();
        // SAFETY: as above.
        unsafe {
            let first = memory.alloc(layout(4, 1));
            first.copy_from_nonoverlapping(b"abcd".as_ptr(), 4);
            let first = memory.realloc(first, layout(4, 1), 6);
            assert_eq!((memory.offset(first), memory.next.get()), (Some(0), 6));
            memory.alloc(layout(1, 1));
            let moved = memory.realloc(first, layout(6, 1), 20);
            assert_eq!(memory.offset(moved), Some(7));
            assert_eq!(std::slice::from_raw_parts(moved, 4), b"abcd");
            assert_eq!(memory.realloc(moved, layout(20, 1), 4), moved);
            assert_eq!(memory.next.get(), 11, "a smaller last piece makes room");
            assert_eq!(memory.realloc(first, layout(6, 1), 2), first);
        }
    }

    #[test]
    fn what_does_not_fit_comes_from_the_system_and_goes_back_to_it() {
        let memory = Memory::<LINE>::new();
        // SAFETY: as above.
        unsafe {
            let all = memory.alloc(layout(LINE, 1));
            assert_eq!(memory.offset(all), Some(0));
            let more = memory.alloc(layout(1, 1));
            assert_eq!(memory.offset(more), None);
            more.write(7);
            let more = memory.realloc(more, layout(1, 1), 4_000);
            assert_eq!((memory.offset(more), more.read()), (None, 7));
            memory.dealloc(more, layout(4_000, 1));
            let wider = memory.realloc(all, layout(LINE, 1), LINE + 1);
            assert_eq!(memory.offset(wider), None);
            memory.dealloc(wider, layout(LINE + 1, 1));
            memory.dealloc(all, layout(LINE, 1));
            let aligned = memory.alloc(layout(64, 64));
            assert_eq!((memory.offset(aligned), aligned.addr() % 64), (None, 0));
            memory.dealloc(aligned, layout(64, 64));
            assert_eq!(memory.alloc_zeroed(layout(LINE, 1)), all);
        }
    }
}
