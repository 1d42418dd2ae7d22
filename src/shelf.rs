//! Few things under numbers or names. A page holds one or two models and a hand has five fingers: a list finds them at
//! once, and the code of a search tree and of a hash table would be a tenth of the module that a shopper downloads.

/// Things by key, in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf<K, T> {
    things: Vec<(K, T)>,
}

impl<K, T> Default for Shelf<K, T> {
    fn default() -> Self {
        Self { things: Vec::new() }
    }
}

impl<K: Eq, T> FromIterator<(K, T)> for Shelf<K, T> {
    fn from_iter<I: IntoIterator<Item = (K, T)>>(things: I) -> Self {
        let mut shelf = Self::default();
        things.into_iter().for_each(|(key, thing)| shelf.insert(key, thing));
        shelf
    }
}

impl<K: Eq, T> Shelf<K, T> {
    /// Puts a thing under a key; what was there is gone.
    pub fn insert(&mut self, key: K, thing: T) {
        self.things.retain(|(other, _)| *other != key);
        self.things.push((key, thing));
    }

    /// Takes everything away.
    pub fn clear(&mut self) {
        self.things.clear();
    }
}

impl<T> Shelf<String, T> {
    /// The thing under a name.
    pub fn named(&self, name: &str) -> Option<&T> {
        self.things.iter().find(|(other, _)| other == name).map(|(_, thing)| thing)
    }
}

impl<K: Copy + Eq, T> Shelf<K, T> {
    /// The thing under a key.
    pub fn get(&self, key: K) -> Option<&T> {
        self.things.iter().find(|(other, _)| *other == key).map(|(_, thing)| thing)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, key: K) -> Option<&mut T> {
        self.things.iter_mut().find(|(other, _)| *other == key).map(|(_, thing)| thing)
    }

    /// Takes the thing under a key away; false when there was none.
    pub fn remove(&mut self, key: K) -> bool {
        let before = self.things.len();
        self.things.retain(|(other, _)| *other != key);
        self.things.len() < before
    }

    /// All keys, oldest first.
    pub fn keys(&self) -> impl Iterator<Item = K> {
        self.things.iter().map(|(key, _)| *key)
    }

    /// All things, oldest first.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.things.iter().map(|(_, thing)| thing)
    }

    /// Nothing is here.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::Shelf;

    #[test]
    fn keeps_one_thing_under_each_key() {
        let mut shelf = Shelf::default();
        for (key, thing) in [(1, "a"), (2, "b"), (1, "c")] {
            shelf.insert(key, thing);
        }
        assert_eq!((shelf.get(1), shelf.get(2), shelf.get(3)), (Some(&"c"), Some(&"b"), None));
        shelf.remove(1);
        assert_eq!(shelf.keys().collect::<Vec<_>>(), [2]);
    }
}
