//! What is paid of a few lines of one person in one event under every limit (SEMANTICS §4.4–4.6), in integers.

use super::*;

/// What one cover pays for one claim, before limits.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub cover: usize,
    pub harm: Harm,
    /// 分
    pub amount: i64,
    pub claim: usize,
    pub day: u8,
}

/// What a cap lets through.
#[derive(Debug, Clone)]
pub(super) enum Room {
    Fen(i64),
    /// As much as the largest of its lines
    Largest,
}

/// One limit, in the order in which they act.
#[derive(Debug, Clone)]
pub(super) struct Cap {
    lines: Lines,
    room: Room,
    /// It holds each claim by itself.
    each_claim: bool,
    exhausted: Exhausted,
}

impl Cap {
    /// A cap over the keys of a schedule, shared by date.
    pub(super) fn of_schedule(lines: Lines, room: Room) -> Self {
        Cap {
            lines,
            room,
            each_claim: false,
            exhausted: Exhausted::ByDate,
        }
    }
}

impl Judge<'_> {
    /// One limit.
    pub(super) fn cap(&self, at: usize, room: Room) -> Cap {
        let w = self.world;
        let under = |(cover, harm): &(usize, Harm)| w.under(at, *cover, *harm);
        let limit = &w.limits[at];
        Cap {
            lines: w.benefits().into_iter().filter(under).collect(),
            room,
            each_claim: limit.keys.claim,
            exhausted: limit.exhausted.clone(),
        }
    }

    /// The caps of schedules, and then the limits in their order.
    pub(super) fn caps(&self, given: &Given) -> Vec<Cap> {
        let w = self.world;
        let mut caps: Vec<Cap> = self
            .largest()
            .into_iter()
            .map(|(lines, _)| Cap::of_schedule(lines, Room::Largest))
            .collect();
        let own = self.own_caps().into_iter();
        caps.extend(own.map(|(lines, _, amount)| Cap::of_schedule(lines, Room::Fen(w.money(&amount, given)))));
        let limits = self.sequence().into_iter();
        caps.extend(limits.map(|at| self.cap(at, Room::Fen(w.allowed(at, given)))));
        caps
    }

    /// Fixed sums of a schedule with keys: of one harm the largest is paid once, by whatever covers (SEMANTICS §2).
    pub(super) fn largest(&self) -> Vec<(Lines, Keys)> {
        let w = self.world;
        let mut all = Vec::new();
        for s in (0..w.schedules.len()).filter(|s| w.schedules[*s].keys.any()) {
            for harm in Harm::ALL {
                let fixed = w
                    .row(s, *harm)
                    .is_some_and(|(_, row)| !matches!(row.start, Start::Actual(_) | Start::Months { .. }));
                if fixed {
                    let users = (0..w.covers.len()).filter(|cover| w.covers[*cover].schedule == s);
                    all.push((users.map(|cover| (cover, *harm)).collect(), w.schedules[s].keys));
                }
            }
        }
        all
    }
}

/// Whether claiming more is never paid less: of any two limits the later one holds all lines of the earlier, or none, and
/// a claim brings one line.
pub(super) fn nested(caps: &[Cap], world: &World) -> bool {
    world.meetings.iter().all(|(.., how)| *how != Meeting::Stack) && ordered(caps)
}

/// Of any two limits the later one holds all lines of the earlier, or none.
pub(super) fn ordered(caps: &[Cap]) -> bool {
    caps.iter().enumerate().all(|(at, cap)| {
        caps[..at].iter().all(|earlier| {
            let single = earlier.each_claim || earlier.lines.len() <= 1;
            earlier.lines.is_disjoint(&cap.lines)
                || (earlier.lines.is_subset(&cap.lines) && (!cap.each_claim || single))
        })
    })
}

/// What is paid in all, and which caps bind.
pub(super) fn settled(lines: &[Line], caps: &[Cap]) -> (i64, Vec<bool>) {
    let (left, binding) = paid(lines, caps);
    (left.iter().sum(), binding)
}

/// What is paid of each line, and which caps bind.
pub(super) fn paid(lines: &[Line], caps: &[Cap]) -> (Vec<i64>, Vec<bool>) {
    let mut left: Vec<i64> = lines.iter().map(|line| line.amount).collect();
    let mut binding = Vec::new();
    for cap in caps {
        let inside: Vec<usize> = (0..lines.len())
            .filter(|at| cap.lines.contains(&(lines[*at].cover, lines[*at].harm)))
            .collect();
        let groups: Vec<Vec<usize>> = match cap.each_claim {
            true => parted(&inside, |at| lines[*at].claim),
            false => vec![inside],
        };
        let mut binds = false;
        for group in groups {
            let mut room = match cap.room {
                Room::Fen(fen) => fen,
                Room::Largest => group.iter().map(|at| left[*at]).max().unwrap_or(0),
            };
            let tiers = match &cap.exhausted {
                Exhausted::ProRata => vec![group],
                Exhausted::ByDate => parted(&group, |at| lines[*at].day),
                Exhausted::FirstCome => parted(&group, |at| (lines[*at].day, lines[*at].claim)),
                Exhausted::Rank(harms) => parted(&group, |at| {
                    harms
                        .iter()
                        .position(|harm| *harm == lines[*at].harm)
                        .unwrap_or(harms.len())
                }),
            };
            for tier in tiers {
                let sum: i64 = tier.iter().map(|at| left[*at]).sum();
                let room_here = room.min(sum);
                room -= room_here;
                if room_here < sum {
                    binds = true;
                    share(&mut left, &tier, room_here, sum);
                }
            }
        }
        binding.push(binds);
    }
    (left, binding)
}

/// In groups by a key, in its order.
fn parted<K: Ord>(lines: &[usize], key: impl Fn(&usize) -> K) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for at in lines {
        groups.entry(key(at)).or_default().push(*at);
    }
    groups.into_values().collect()
}

/// Parts of what there is room for, the missing 分 to the largest remainders.
fn share(left: &mut [i64], tier: &[usize], room: i64, sum: i64) {
    let (room, sum) = (Exact::from(room), Exact::from(sum));
    let mut rests: Vec<(Exact, usize)> = Vec::new();
    let mut missing = room;
    for at in tier {
        let product = Exact::from(left[*at]) * room;
        left[*at] = (product / sum) as i64;
        missing -= product / sum;
        rests.push((-(product % sum), *at));
    }
    rests.sort_unstable();
    for (_, at) in rests.into_iter().take(missing as usize) {
        left[at] += 1;
    }
}
