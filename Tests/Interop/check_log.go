// SPDX-License-Identifier: Apache-2.0

// Checks a log's files with Go's own code for transparency logs (golang.org/x/mod/sumdb, of which nothing is shared
// with Lawspeaker): go run check_log.go FOLDER. Exits 1, saying why, if anything does not hold.
package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// head is what a checkpoint says. tlog.ParseTree reads the heads of Go's own log only.
type head struct {
	origin string
	size   int64
	root   tlog.Hash
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: check_log FOLDER")
		os.Exit(2)
	}
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "go:", err)
		os.Exit(1)
	}
}

func check(folder string) error {
	files := map[string]string{}
	for _, name := range []string{"vkey", "checkpoint", "older-checkpoint", "consistency-proof", "entry.tlog-proof"} {
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		files[name] = string(text)
	}
	key, err := note.NewVerifier(strings.TrimSuffix(files["vkey"], "\n"))
	if err != nil {
		return err
	}
	newer, err := open(files["checkpoint"], key)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	older, err := open(files["older-checkpoint"], key)
	if err != nil {
		return fmt.Errorf("older-checkpoint: %w", err)
	}
	if err := entry(files["entry.tlog-proof"], key); err != nil {
		return fmt.Errorf("entry.tlog-proof: %w", err)
	}
	// Both checkpoints stand in the file as they were published; what is between them is the path.
	path, hasOld := cutPrefix(files["consistency-proof"],
		fmt.Sprintf("lawspeaker-consistency-proof@v1\n\n%s\nold %d\n", files["older-checkpoint"], older.size))
	path, hasNew := cutSuffix(path, "\n"+files["checkpoint"])
	if !hasOld || !hasNew {
		return errors.New("consistency-proof: not of these two checkpoints")
	}
	proof, err := hashes(path)
	if err != nil {
		return fmt.Errorf("consistency-proof: %w", err)
	}
	if err := tlog.CheckTree(proof, newer.size, newer.root, older.size, older.root); err != nil {
		return fmt.Errorf("consistency-proof: %w", err)
	}
	fmt.Printf("go: both checkpoints signed by %s, an entry included, %d entries continue %d\n",
		key.Name(), newer.size, older.size)
	return nil
}

func open(text string, key note.Verifier) (head, error) {
	signed, err := note.Open([]byte(text), note.VerifierList(key))
	if err != nil {
		return head{}, err
	}
	lines := strings.Split(signed.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		return head{}, errors.New("not three lines of the log that the key is named after")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return head{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return head{lines[0], size, root}, err
}

// entry checks a C2SP tlog-proof whose extra data are the entry.
func entry(text string, key note.Verifier) error {
	parts := strings.SplitN(text, "\n\n", 2)
	lines := strings.SplitN(parts[0], "\n", 4)
	if len(parts) != 2 || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a proof")
	}
	extra, hasExtra := cutPrefix(lines[1], "extra ")
	number, hasIndex := cutPrefix(lines[2], "index ")
	if !hasExtra || !hasIndex {
		return errors.New("no entry or no index")
	}
	data, err := base64.StdEncoding.Strict().DecodeString(extra)
	if err != nil {
		return err
	}
	index, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return err
	}
	var proof []tlog.Hash
	if len(lines) == 4 {
		if proof, err = hashes(lines[3] + "\n"); err != nil {
			return err
		}
	}
	tree, err := open(parts[1], key)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.size, tree.root, index, tlog.RecordHash(data))
}

func hashes(text string) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if text == "" {
			break
		}
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, hash)
	}
	return hashes, nil
}

// Debian's Go is older than strings.CutPrefix.
func cutPrefix(text, prefix string) (string, bool) {
	return strings.TrimPrefix(text, prefix), strings.HasPrefix(text, prefix)
}

func cutSuffix(text, suffix string) (string, bool) {
	return strings.TrimSuffix(text, suffix), strings.HasSuffix(text, suffix)
}
