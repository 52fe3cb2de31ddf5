//! Work that keeps a core busy, such as opening many sealed rows, shared among all cores.

/// Does a share of the work on each core, and gathers what comes of it in order. Of no more than `few` items nothing is
/// shared: other threads take longer to wake up.
pub fn on_all_cores<T: Send, R: Send>(mut items: Vec<T>, few: usize, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    if items.len() <= few {
        return items.into_iter().map(work).collect();
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = items.len().div_ceil(cores).max(1);
    let mut shares = Vec::with_capacity(cores);
    while items.len() > share {
        shares.push(items.split_off(items.len() - share));
    }
    shares.push(items);
    std::thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = shares
            .into_iter()
            .rev()
            .map(|share| scope.spawn(move || share.into_iter().map(work).collect::<Vec<R>>()))
            .collect();
        // A panic in a worker is one here.
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
