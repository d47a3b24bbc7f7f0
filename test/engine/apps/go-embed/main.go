// Shows a menu whose dishes are part of the program.
package main

import (
	"embed"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
)

//go:embed dishes/*.txt
var dishes embed.FS

func main() {
	check := flag.Bool("check", false, "ask the running server")
	flag.Parse()
	if *check {
		answer, err := http.Get("http://127.0.0.1:8000/soup")
		if err != nil || answer.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		io.Copy(os.Stdout, answer.Body)
		return
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		text, err := dishes.ReadFile("dishes" + r.URL.Path + ".txt")
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Write(text)
	})
	fmt.Println("the kitchen is open")
	if err := http.ListenAndServe(":8000", nil); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
