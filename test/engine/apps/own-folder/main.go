// Counts its starts in a file beside it.
package main

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
)

func main() {
	starts := 0
	if text, err := os.ReadFile("starts"); err == nil {
		starts, _ = strconv.Atoi(strings.TrimSpace(string(text)))
	}
	starts++
	if err := os.WriteFile("starts", []byte(fmt.Sprintln(starts)), 0o600); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	me, err := user.Current()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("started as", me.Username, "times", starts)
}
