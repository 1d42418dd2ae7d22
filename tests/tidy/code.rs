//! Source text without comments and strings, so that only what a compiler acts on is looked at.

/// Whose comments and strings are meant. WGSL is near enough to Rust.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Nested block comments, raw strings, lifetimes.
    Rust,
}

/// Source text in which comments, strings and letters in quotes are blank; every line stays where it was.
pub struct Code {
    text: String,
}

/// Where a function is and how long.
pub struct Function {
    pub name: String,
    /// Counted from 1.
    pub line: usize,
    pub lines: usize,
}

impl Code {
    pub fn of(text: &str, language: Language) -> Self {
        let Language::Rust = language;
        let letters: Vec<char> = text.chars().collect();
        let mut code = String::with_capacity(text.len());
        let mut at = 0;
        while at < letters.len() {
            let length = blank_length(&letters, at);
            if length == 0 {
                code.push(letters[at]);
                at += 1;
            }
            for letter in &letters[at..at + length] {
                code.push(if *letter == '\n' { '\n' } else { ' ' });
            }
            at += length;
        }
        Self { text: code }
    }

    /// The same with everything marked `#[cfg(test)]` blank.
    pub fn without_tests(&self) -> Self {
        let mut text = self.text.clone();
        while let Some(start) = text.find("#[cfg(test)]") {
            let end = item_end(&text, start + "#[cfg(test)]".len());
            let blank: String =
                text[start..end].chars().map(|letter| if letter == '\n' { '\n' } else { ' ' }).collect();
            text.replace_range(start..end, &blank);
        }
        Self { text }
    }

    /// The numbers of the lines that hold `call`.
    pub fn lines_with<'a>(&'a self, call: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.text.lines().enumerate().filter(move |(_, line)| line.contains(call)).map(|(at, _)| at + 1)
    }

    /// Names, and signs one by one but `::`, each with its line.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .flat_map(|(at, line)| split_words(line).into_iter().map(move |word| (at + 1, word)))
    }

    /// Every function that has a body.
    pub fn functions(&self) -> Vec<Function> {
        let words: Vec<(usize, &str)> = self.words().collect();
        let mut found = Vec::new();
        for (at, pair) in words.windows(2).enumerate() {
            let [(line, "fn"), (_, name)] = pair else { continue };
            if !name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') {
                continue; // The type of a function, not one.
            }
            if let Some(last) = body_end(&words[at..]) {
                found.push(Function { name: (*name).to_owned(), line: *line, lines: last - line + 1 });
            }
        }
        found
    }
}

/// The line of the brace that closes the first one of `words`; nothing when a `;` comes before any brace.
fn body_end(words: &[(usize, &str)]) -> Option<usize> {
    let mut depth = 0usize;
    let mut brackets = 0usize;
    for (line, word) in words {
        match *word {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets = brackets.saturating_sub(1),
            "{" => depth += 1,
            "}" if depth == 1 => return Some(*line),
            "}" => depth = depth.saturating_sub(1),
            // `[u8; 4]` among the parameters ends nothing.
            ";" if depth == 0 && brackets == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Where the item that begins at `from` ends: behind its `;` or its closing brace.
fn item_end(text: &str, from: usize) -> usize {
    let mut depth = 0usize;
    for (at, letter) in text[from..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth <= 1 => return from + at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return from + at + 1,
            _ => {}
        }
    }
    text.len()
}

fn split_words(line: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let length = match first {
            _ if is_name(first) => rest.find(|letter| !is_name(letter)).unwrap_or(rest.len()),
            ':' if rest.starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        words.push(&rest[..length]);
        rest = rest[length..].trim_start();
    }
    words
}

/// How many letters from `at` on are a comment, a string, or a letter in quotes; 0 for code.
fn blank_length(letters: &[char], at: usize) -> usize {
    let rest = &letters[at..];
    let is_after_name = at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '_');
    match rest {
        ['/', '/', ..] => rest.iter().position(|letter| *letter == '\n').unwrap_or(rest.len()),
        ['/', '*', ..] => block_comment_length(rest),
        ['"', ..] => string_length(rest),
        ['r', '"' | '#', ..] if !is_after_name => raw_string_length(rest, 1),
        ['b', 'r', '"' | '#', ..] if !is_after_name => raw_string_length(rest, 2),
        ['\'', '\\', ..] => {
            rest[3.min(rest.len())..].iter().position(|letter| *letter == '\'').map_or(rest.len(), |end| end + 4)
        }
        ['\'', _, '\'', ..] => 3,
        _ => 0,
    }
}

fn block_comment_length(rest: &[char]) -> usize {
    let mut depth = 0usize;
    let mut at = 0;
    while at < rest.len() {
        match rest[at..] {
            ['/', '*', ..] => (depth, at) = (depth + 1, at + 2),
            ['*', '/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at.min(rest.len())
}

fn string_length(rest: &[char]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            '\\' => at += 2,
            '"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// `prefix` letters, then hashes, a quote, and the same number of hashes behind the closing quote. 0 when it is a raw name.
fn raw_string_length(rest: &[char], prefix: usize) -> usize {
    let hashes = rest[prefix..].iter().take_while(|letter| **letter == '#').count();
    if rest.get(prefix + hashes) != Some(&'"') {
        return 0;
    }
    let body = prefix + hashes + 1;
    let is_end = |at: &usize| {
        rest[*at] == '"' && rest[at + 1..].iter().take(hashes).filter(|letter| **letter == '#').count() == hashes
    };
    (body..rest.len()).find(is_end).map_or(rest.len(), |end| end + 1 + hashes)
}

#[test]
fn code_is_what_is_left_without_comments_and_strings() {
    let text =
        "let a = \"crate::gpu\"; // crate::web\n/* x /* y */ z */ let b = 'c'; let l: &'a str = r#\"\"q\"#; '\\'' end";
    let words: Vec<String> =
        Code::of(text, Language::Rust).words().map(|(line, word)| format!("{line}{word}")).collect();
    assert_eq!(words.join(" "), "1let 1a 1= 1; 2let 2b 2= 2; 2let 2l 2: 2& 2' 2a 2str 2= 2; 2end");
}

#[test]
fn functions_are_measured_from_name_to_brace() {
    let text = "trait A { fn open(a: [u8; 4]); }\nfn long(f: fn(u8) -> u8) {\n  if x {\n  }\n}\nfn short() {}\n";
    let found = Code::of(text, Language::Rust).functions();
    let found: Vec<_> = found.iter().map(|function| (function.name.as_str(), function.line, function.lines)).collect();
    assert_eq!(found, [("long", 2, 4), ("short", 6, 1)]);
}

#[test]
fn tests_inside_a_file_are_left_out() {
    let text = "fn a() { x.unwrap() }\n#[cfg(test)]\nmod tests {\n  fn b() { y.unwrap(); }\n}\nfn c() { z.unwrap() }";
    let code = Code::of(text, Language::Rust).without_tests();
    assert_eq!(code.lines_with(".unwrap()").collect::<Vec<_>>(), [1, 6]);
}
